import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'

const EVERY_MS = 3_600_000
/** An invitation that ran out can be sent again for so long. */
const FORGOTTEN_MS = 30 * 86_400_000
/** A file that did not grow for so long is written by nobody. */
const STALLED_MS = 86_400_000

/** Once an hour: forgets what is only kept for a while. Any replica may do it, and several at once do no harm. */
export function createHousekeeping({
  db,
  clock,
  log,
  forgetAnswers,
  forgetMails,
  forgetReaders,
  forgetCalls,
  sweepFiles,
  tidyImports,
  forgetCopies,
}: {
  db: Database
  clock: Clock
  log: Logger
  forgetAnswers: () => Promise<number>
  forgetMails: () => Promise<number>
  forgetReaders: () => Promise<void>
  forgetCalls: () => Promise<number>
  sweepFiles: (since: Date) => Promise<void>
  tidyImports: () => Promise<void>
  forgetCopies: () => Promise<void>
}) {
  let timer: NodeJS.Timeout | undefined
  const tidy = async () => {
    try {
      await forgetAnswers()
      await forgetMails()
      await forgetReaders()
      await forgetCalls()
      await sweepFiles(new Date(clock().getTime() - STALLED_MS))
      await tidyImports()
      await forgetCopies()
      await db.write((tx) => tx.rateLimit.deleteMany({ where: { resetAt: { lt: clock() } } }))
      await db.write((tx) => tx.session.deleteMany({ where: { expiresAt: { lt: clock() } } }))
      await db.write((tx) => tx.verification.deleteMany({ where: { expiresAt: { lt: clock() } } }))
      await db.write((tx) => tx.invitation.deleteMany({ where: { expiresAt: { lt: new Date(clock().getTime() - FORGOTTEN_MS) } } }))
    } catch (error) {
      log.warn({ err: error }, 'tidying up failed; trying again in an hour')
    }
  }
  return {
    start: () => {
      timer = setInterval(() => void tidy(), EVERY_MS).unref()
      void tidy()
    },
    stop: () => clearInterval(timer),
  }
}
