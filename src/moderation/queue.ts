import type { Access } from '../access/access.ts'
import type { Principal } from '../access/principal.ts'
import { REMOVED } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { Reports } from '../comments/reports.ts'
import type { Database } from '../database/connect.ts'
import { fromCursor, page } from '../http/paging.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { createCount } from './counts.ts'
import { may, roleOn } from '../access/policy.ts'
import { type ModeratedComment, presentModerated } from './present.ts'
import { ID, narrow, type QueueFilter } from './queue-query.ts'
import { type Asked, readFitting } from './queue-read.ts'
import { authorKey, recordsOf } from './range-store.ts'
import { findOne, type QueuedRow, waitingRevisions } from './store.ts'

/** Comments read in one go while everything that matches is looked for. */
const AT_ONCE = 500

interface Wanted {
  principal: Principal
  /** The sites that are asked about; all of them the caller's. */
  sites: Site[]
  filter: QueueFilter
}

export type Queue = ReturnType<typeof createQueue>

/** The moderators' lists. Every list is an index range per site and status, or author, so it stays fast at any size. */
export function createQueue({
  db,
  keys,
  accounts,
  sites: allSites,
  reports,
  search,
}: {
  db: Database
  keys: Keys
  accounts: Access
  sites: Sites
  reports: Reports
  search: Asked['search']
}) {
  const present = async (rows: QueuedRow[], sites: Map<string, Site>, principal: Principal): Promise<ModeratedComment[]> => {
    const ids = rows.map(({ id }) => id)
    const [revisions, records] = await Promise.all([waitingRevisions(db.read, ids), recordsOf(db.read, rows)])
    return rows.flatMap((row) => {
      const site = sites.get(row.siteId)
      if (!site) return []
      const seesEmails = may(principal.grants, 'see-emails', site.id)
      const authorRecord = records.get(authorKey(row))
      return presentModerated({ row, site, revision: revisions.get(row.id), authorRecord, keys, seesEmails })
    })
  }

  const ask = async ({ principal, sites, filter }: Wanted): Promise<Asked> => {
    const { status } = filter
    const narrowed = await narrow({ client: db.read, keys, reports, principal, sites, filter })
    return { db, search, sites, status, narrowed, order: status === 'pending' ? 'asc' : 'desc' }
  }

  return {
    counts: createCount({ sites: allSites, reports }),

    /** A page of what the caller moderates; pending oldest first, all else newest first. */
    async list({ cursor, limit, ...wanted }: Wanted & { cursor?: string | undefined; limit: number }) {
      const after = fromCursor(cursor, ID)
      const rows = await readFitting(await ask(wanted), after, limit + 1)
      const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
      const sites = new Map(wanted.sites.map((site) => [site.id, site]))
      return { comments: await present(items, sites, wanted.principal), nextCursor }
    },

    /** The ids of everything that matches now, with the versions it was found at; looks for no more than `most`. */
    async matching({ most, ...wanted }: Wanted & { most: number }): Promise<Map<string, number>> {
      const asked = await ask(wanted)
      const found = new Map<string, number>()
      for (let after: string | undefined; ;) {
        const take = Math.min(AT_ONCE, most - found.size)
        const rows = await readFitting(asked, after, take)
        for (const { id, version } of rows) found.set(id, version)
        if (rows.length < take || found.size >= most) return found
        after = rows.at(-1)?.id
      }
    },

    /**
     * One comment of the caller's sites, with its row and site.
     * @throws CommentNotFound also for another site's
     */
    async find(principal: Principal, id: string): Promise<{ row: QueuedRow; site: Site; comment: ModeratedComment }> {
      const row = ID.test(id) ? await findOne(db.read, id) : null
      if (!row || row.status === REMOVED || !roleOn(principal.grants, row.siteId)) throw CommentNotFound()
      const site = (await accounts.sitesOf(principal)).find((one) => one.id === row.siteId)
      if (!site) throw CommentNotFound()
      const [comment] = await present([row], new Map([[site.id, site]]), principal)
      if (!comment) throw CommentNotFound()
      return { row, site, comment }
    },
  }
}
