import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Exports } from './exports.ts'
import { notedOf, noteInstead } from './schedule-store.ts'

const LOOK_MS = 600_000
const DAY_MS = 86_400_000
/** Longer than any export takes; then whoever had claimed it is taken for dead. */
const LEASE_MS = 6 * 3_600_000
/** An export that is due daily comes at the same time of the day, though looking takes a while. */
const SLACK_MS = LOOK_MS

/** When a site's last export was made, and until when somebody is at the next one. */
interface Noted {
  doneAt: string | null
  leasedUntil: string | null
}

export type Schedule = ReturnType<typeof createSchedule>

/**
 * Keeps an export of every site that wants it, as often as it wants it. Of several processes on one database the one that claims a
 * site's export makes it.
 */
export function createSchedule({
  db,
  clock,
  log,
  sites,
  exports,
}: {
  db: Database
  clock: Clock
  log: Logger
  sites: Sites
  exports: Pick<Exports, 'begin' | 'kept'>
}) {
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let current: Readable | undefined
  let isStopped = false

  const change = (siteId: string, from: string | null, to: Noted) =>
    db
      .write((tx) => noteInstead(tx, { siteId, from, to: JSON.stringify(to) }))
      .catch((error: unknown) => {
        if (isUniqueViolation(error)) return false // another process noted the first one
        throw error
      })

  const makeIfDue = async (site: Site): Promise<void> => {
    const { exportEveryDays, exportsKept, exportEmails } = site.settings
    if (exportEveryDays === 0) return
    const now = clock()
    const before = await notedOf(db.read, site.id)
    const { doneAt, leasedUntil } = before === null ? { doneAt: null, leasedUntil: null } : (JSON.parse(before) as Noted)
    if (leasedUntil !== null && now.getTime() < Date.parse(leasedUntil)) return
    if (doneAt !== null && now.getTime() < Date.parse(doneAt) + exportEveryDays * DAY_MS - SLACK_MS) return
    const mine: Noted = { doneAt, leasedUntil: new Date(now.getTime() + LEASE_MS).toISOString() }
    if (!(await change(site.id, before, mine))) return
    try {
      const { stream } = await exports.begin(site, { format: 'ndjson', emails: exportEmails })
      current = stream
      if (isStopped) stream.destroy(new Error('the server stops'))
      await exports.kept.keep({ siteKey: site.key, history: stream, at: now, emails: exportEmails, most: exportsKept })
      await change(site.id, JSON.stringify(mine), { doneAt: now.toISOString(), leasedUntil: null })
    } catch (error) {
      await change(site.id, JSON.stringify(mine), { doneAt, leasedUntil: null })
      throw error
    }
  }

  /** Makes the exports that are due. */
  const look = async (): Promise<void> => {
    for (const site of await sites.list('all')) {
      if (isStopped) return
      await makeIfDue(site).catch((error: unknown) =>
        log.error({ err: error, site: site.key }, 'the scheduled export failed; trying again'),
      )
    }
  }

  return {
    look,
    start: () => {
      const begin = () => {
        looking = look().catch((error: unknown) => log.warn({ err: error }, 'looking for due exports failed; trying again'))
      }
      timer = setInterval(begin, LOOK_MS).unref()
      begin()
    },
    /** Breaks off the export that is under way and gives it back: another replica, or the next start, makes it. */
    stop: async () => {
      clearInterval(timer)
      isStopped = true
      current?.destroy(new Error('the server stops'))
      await looking
    },
  }
}
