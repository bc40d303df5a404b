import { newId } from '../ids.ts'

/** The right to work on rows of an outbox until a time. */
export interface Lease {
  leaseId: string
  leaseUntil: Date
}

const queued = (now: Date) => ({ state: 'queued', nextAt: { lte: now } })
const abandoned = (now: Date) => ({ state: 'sending', leaseUntil: { lte: now } })
/** Rows whose time has come, or those whose worker has not come back. */
export type Due = ReturnType<typeof queued> | ReturnType<typeof abandoned>

/** A table of an outbox, as claiming needs it. */
export interface Claimable<Row> {
  /** The ids of rows, those that are due longest first. */
  find: (where: Due, take: number) => Promise<{ id: string }[]>
  /** Changes rows in one transaction, and says how many that were. */
  update: (
    where: { id: { in: string[] }; OR: Due[] },
    data: Lease & { state: 'sending'; attempts: { increment: 1 } },
  ) => Promise<{ count: number }>
  /** Reads rows, the oldest first. */
  read: (where: { id: { in: string[] }; leaseId: string }) => Promise<Row[]>
}

/**
 * Leases rows that are due. The update repeats the condition, so of several workers that saw the same row exactly one gets it.
 *
 * @returns how many were seen and which of them were got; those that were seen but not got are another worker's
 */
export async function claimDue<Row>({
  of,
  now,
  leaseMs,
  limit,
}: {
  of: Claimable<Row>
  now: Date
  leaseMs: number
  limit: number
}): Promise<{ seen: number; claimed: (Row & Lease)[] }> {
  const ids = await dueIds({ of, now, limit })
  if (ids.length === 0) return { seen: 0, claimed: [] }
  const lease = { leaseId: newId(now), leaseUntil: new Date(now.getTime() + leaseMs) }
  const { count } = await of.update(
    { id: { in: ids }, OR: [queued(now), abandoned(now)] },
    { ...lease, state: 'sending', attempts: { increment: 1 } },
  )
  const claimed = count === 0 ? [] : await of.read({ id: { in: ids }, leaseId: lease.leaseId })
  return { seen: ids.length, claimed: claimed.map((row) => ({ ...row, ...lease })) }
}

/** Asked one after the other, so that each is a walk along the index on state and time. */
async function dueIds({ of, now, limit }: { of: Claimable<unknown>; now: Date; limit: number }): Promise<string[]> {
  const waiting = await of.find(queued(now), limit)
  const left = waiting.length < limit ? await of.find(abandoned(now), limit - waiting.length) : []
  return [...waiting, ...left].map(({ id }) => id)
}
