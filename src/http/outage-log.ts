import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { codesOf, outageOf } from '../database/errors.ts'

const LOOK_MS = 1000

export type OutageLog = ReturnType<typeof createOutageLog>

/**
 * Says once that the database does not store, and once that it does again, with how long that took and how many requests it refused: a line for
 * each request would bury everything else.
 */
export function createOutageLog({
  log,
  clock,
  works,
}: {
  log: Pick<Logger, 'error' | 'info'>
  clock: Clock
  works: () => Promise<boolean>
}) {
  let since: Date | undefined
  let refused = 0
  let timer: NodeJS.Timeout | undefined

  const look = async () => {
    if (!since || !(await works()) || !since) return
    log.info(
      { event: 'database-back', seconds: Math.round((clock().getTime() - since.getTime()) / 1000), refused },
      'the database stores again',
    )
    stop()
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
    since = undefined
    refused = 0
  }

  return {
    /** To be told of every error that a request failed with. True when it is the database's doing, and thereby said. */
    note(error: unknown): boolean {
      const outage = outageOf(error)
      if (outage === null) return false
      refused++
      if (since) return true
      since = clock()
      log.error({ event: 'database-away', outage, codes: codesOf(error) }, 'the database does not store')
      timer = setInterval(() => void look(), LOOK_MS).unref()
      return true
    },
    stop,
  }
}
