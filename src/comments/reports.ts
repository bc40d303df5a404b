import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { blindIndex, networkIndex } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Site } from '../sites/sites.ts'
import { writeHistory } from './change.ts'
import { CommentNotFound } from './errors.ts'
import { dismissReports, insertReport, isReportedBy, openReports, reportedOfSite } from './report-store.ts'
import { findComment, holdApproved } from './store.ts'

/** Browsers make their ids up, so a network has so many reports of one comment and no more. */
const MOST_OF_NETWORK = 3
/** Reported comments that a moderator's list goes through, and reports of one that are shown. */
const LISTED = 1000
const SHOWN = 100
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Report {
  site: Site
  commentId: string
  reason?: string | undefined
  browser?: string | undefined
  ip: string | null
}

export type Reports = ReturnType<typeof createReports>

/** Readers' pointing at public comments: each reader once, and what moderators make of it. */
export function createReports({ db, keys, clock }: { db: Database; keys: Keys; clock: Clock }) {
  return {
    /**
     * Keeps a report of a public comment. Anything else leaves no trace and tells nobody: who asks must not learn what waits here,
     * nor whether somebody has reported it. A report that was dismissed does not come back from the same reader.
     */
    async add({ site, commentId, reason, browser, ip }: Report): Promise<void> {
      if (!ID.test(commentId)) return
      const network = networkIndex(keys, ip ?? '')
      const who = browser === undefined ? `network\0${network}` : `browser\0${browser}`
      const reporter = blindIndex({ keys, kind: 'reporter', value: `${site.id}\0${who}` })
      const seen = { commentId, reporter, network, mostOfNetwork: MOST_OF_NETWORK }
      const comment = await findComment(db.read, commentId)
      if (comment?.siteId !== site.id || comment.status !== 'approved' || (await isReportedBy(db.read, seen))) return
      const createdAt = clock()
      await db.write(async (tx) => {
        // Holds the comment's row, so that it stays public, and reports of it come one after another.
        if ((await holdApproved(tx, [commentId])) === 0 || (await isReportedBy(tx, seen))) return
        await insertReport(tx, { id: newId(createdAt), siteId: site.id, commentId, reporter, network, reason: reason ?? null, createdAt })
        await db.changes.announce(tx, { siteId: site.id, inner: 'queue' })
      })
    },

    /**
     * Dismisses what readers said of a comment; without open reports nothing happens.
     * @throws CommentNotFound
     */
    dismiss: ({ commentId, actor }: { commentId: string; actor: Actor }): Promise<void> =>
      db.write(async (tx) => {
        if ((await dismissReports(tx, [commentId])) === 0) return
        const row = await findComment(tx, commentId)
        if (!row) throw CommentNotFound()
        await writeHistory(tx, { row, to: row.status, act: { actor, action: 'dismiss-reports', at: clock() }, version: row.version })
        await db.changes.announce(tx, { siteId: row.siteId, inner: 'queue' })
      }),

    /** The open reports of a comment, newest first. */
    reportedFor: async (commentId: string) =>
      (await openReports(db.read, { commentId, take: SHOWN })).map(({ reason, createdAt }) => ({ reason, at: createdAt.toISOString() })),

    /** The newest comments of these sites with open reports, newest first. */
    async reported(siteIds: string[]): Promise<string[]> {
      const bySite = await Promise.all(siteIds.map((siteId) => reportedOfSite(db.read, { siteId, take: LISTED })))
      return bySite.flat().toSorted().toReversed().slice(0, LISTED)
    },
  }
}
