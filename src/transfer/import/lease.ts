import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { changeHeld } from './store.ts'
import { type Held, LeaseLost } from './write.ts'

const LEASE_MS = 20_000
const RENEW_MS = 5000

export const leaseEnd = (clock: Clock) => new Date(clock().getTime() + LEASE_MS)

/**
 * Renews the lease of an import until it is let go: while the file is read, comments are written, and all is counted at the end, which takes
 * longer than a lease where there are many. `signal` tells that the import was cancelled or somebody else has it.
 */
export function keepLease({ db, clock, held: { row, leaseId } }: { db: Database; clock: Clock; held: Held }) {
  const lost = new AbortController()
  const renew = () => db.write((tx) => changeHeld(tx, { id: row.id, leaseId, data: { leaseUntil: leaseEnd(clock) } }))
  const timer = setInterval(() => {
    renew().then(
      (isHeld) => isHeld || lost.abort(new LeaseLost()),
      () => undefined, // the next write tells
    )
  }, RENEW_MS)
  return { signal: lost.signal, letGo: () => clearInterval(timer) }
}
