import type { Accounts } from '../accounts/accounts.ts'
import type { Principal } from '../accounts/principal.ts'
import { REMOVED, statuses, type Status } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import { fold } from '../comments/text.ts'
import type { Database } from '../database/connect.ts'
import { fromCursor, page } from '../http/paging.ts'
import { emailIndex } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { canonicalUrl } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import { statusOf, type Verdict } from '../spam/verdict.ts'
import type { SearchQuery } from '../workers/long-reads.ts'
import { may, roleOn } from './policy.ts'
import { type ModeratedComment, presentModerated } from './present.ts'
import { type Filter, findByIds, findOne, findQueued, historyOf, type QueuedRow, threadsAt, waitingRevisions } from './store.ts'

const ID = /^[0-9a-f-]{36}$/

export interface QueueQuery {
  status?: Status | undefined
  q?: string | undefined
  url?: string | undefined
  author?: string | undefined
  reported?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

/** Finds comments by a part of their text or name; in a worker, since that reads long. */
type Search = (query: SearchQuery) => Promise<string[]>

export type Queue = ReturnType<typeof createQueue>

/** The moderators' lists. Every list is an index range per site and status, so it stays fast at any size. */
export function createQueue({ db, keys, accounts, search }: { db: Database; keys: Keys; accounts: Accounts; search: Search }) {
  const present = async (rows: QueuedRow[], sites: Map<string, Site>, principal: Principal): Promise<ModeratedComment[]> => {
    const revisions = await waitingRevisions(db.read, rows.map(({ id }) => id))
    return rows.flatMap((row) => {
      const site = sites.get(row.siteId)
      if (!site) return []
      return presentModerated({ row, site, revision: revisions.get(row.id), keys, seesEmails: may(principal.grants, 'see-emails', site.id) })
    })
  }

  /** The first rows after a place, over some sites and statuses: each is one index range, and the ranges are merged. */
  const findIn = async ({ sites, query, after, order, take }: { sites: Site[]; query: QueueQuery; after: string | undefined; order: 'asc' | 'desc'; take: number }): Promise<QueuedRow[]> => {
    const narrowed = await narrow(sites, query)
    const wanted = query.status ? [query.status] : statuses
    const ranges = sites.flatMap((site) => wanted.map((status) => findQueued(db.read, { siteId: site.id, filter: { ...narrowed, status }, after, take, order })))
    const rows = (await Promise.all(ranges)).flat()
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()] // a public comment with a waiting revision is in two ranges
    return distinct.toSorted((a, b) => (a.id < b.id === (order === 'asc') ? -1 : 1)).slice(0, take)
  }

  const narrow = async (sites: Site[], { author, url, reported }: QueueQuery): Promise<Omit<Filter, 'status'>> => ({
    reported,
    emailIndex: author?.includes('@') ? emailIndex(keys, author.trim()) : undefined,
    threadIds: url === undefined ? undefined : await threadsAt(db.read, { siteIds: sites.map(({ id }) => id), urls: sites.flatMap((site) => canonicalUrl({ url, keptParameters: site.settings.keptParameters }) ?? []) }),
  })

  /** As `findIn`, for a text: the worker names the ids, and conditions it does not know are checked on the rows. */
  const searchIn = async ({ sites, query, text, after, order, take }: { sites: Site[]; query: QueueQuery; text: string; after: string | undefined; order: 'asc' | 'desc'; take: number }) => {
    const narrowed = await narrow(sites, query)
    const found: QueuedRow[] = []
    let from = after
    for (;;) {
      const ids = await search({ siteIds: sites.map(({ id }) => id), status: query.status, text: fold(text), take, after: from, order })
      const rows = await findByIds(db.read, ids)
      found.push(...rows.filter((row) => fits(row, narrowed, query)))
      from = ids.at(-1)
      if (ids.length < take || found.length >= take) return found.slice(0, take)
    }
  }

  return {
    /** A page of what the caller moderates; pending oldest first, all else newest first. */
    async list({ principal, sites, query }: { principal: Principal; sites: Site[]; query: QueueQuery }) {
      const after = fromCursor(query.cursor, ID)
      const order = query.status === 'pending' ? 'asc' : 'desc'
      const take = query.limit + 1
      const text = query.q?.trim() || (query.author?.includes('@') ? '' : query.author?.trim())
      const rows = text ? await searchIn({ sites, query, text, after, order, take }) : await findIn({ sites, query, after, order, take })
      const { items, nextCursor } = page({ items: rows, limit: query.limit, placeOf: ({ id }) => id })
      return { comments: await present(items, new Map(sites.map((site) => [site.id, site])), principal), nextCursor }
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

    /** What happened to a comment, from its submission on. */
    async history(row: QueuedRow) {
      const entries = await historyOf(db.read, row.id)
      const submitted = entries[0]?.from ?? row.status
      const judgedAs = row.moderatorId ? 'approved' : entries.length === 0 ? statusOf(row.verdicts as unknown as Verdict[]) : submitted
      return [
        { at: row.createdAt.toISOString(), actor: row.moderatorId ? row.name : 'author', action: 'submit', from: null, to: judgedAs, reason: null },
        ...entries.map(({ at, actorName, action, from, to, reason }) => ({ at: at.toISOString(), actor: actorName, action, from, to, reason })),
      ]
    },
  }
}

function fits(row: QueuedRow, { emailIndex: email, threadIds, reported }: Omit<Filter, 'status'>, { q, author }: QueueQuery): boolean {
  if (email !== undefined && row.emailIndex !== email) return false
  if (threadIds && !threadIds.includes(row.threadId)) return false
  if (reported && row.reports === 0) return false
  const byName = author !== undefined && author.trim() !== '' && !author.includes('@')
  if (byName && !fold(row.name).includes(fold(author.trim()))) return false
  return !q?.trim() || row.folded.includes(fold(q.trim()))
}
