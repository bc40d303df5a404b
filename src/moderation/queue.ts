import type { Accounts } from '../accounts/accounts.ts'
import type { Principal } from '../accounts/principal.ts'
import { REMOVED, statuses, type Status } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { Reports } from '../comments/reports.ts'
import { cleanLine, fold } from '../comments/text.ts'
import type { Database } from '../database/connect.ts'
import { fromCursor, page } from '../http/paging.ts'
import { emailIndex } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { createAddresses } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import type { SearchQuery } from '../workers/long-reads.ts'
import { may, roleOn } from './policy.ts'
import { type ModeratedComment, presentModerated } from './present.ts'
import { type Filter, findByIds, findOne, findQueued, historyOf, type QueuedRow, threadsAt, waitingRevisions } from './store.ts'

/** What an id looks like; anything else need not be looked for. */
export const ID = /^[0-9a-f-]{36}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/
/** Rows read at once while looking for those that fit conditions no index knows. */
const READ_AT_ONCE = 200

export interface QueueQuery {
  status?: Status | undefined
  q?: string | undefined
  url?: string | undefined
  author?: string | undefined
  reported?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

/** What a query comes to: conditions that an index knows, the comments that readers pointed at, and folded parts of name and text. */
type Narrowed = Omit<Filter, 'status'> & { reportedIds: string[] | undefined; name: string; text: string }

interface Asked {
  sites: Site[]
  status: Status | undefined
  narrowed: Narrowed
  order: 'asc' | 'desc'
}

/** Some rows, the last id that was looked at, and whether there are no more behind it. */
interface Part {
  rows: QueuedRow[]
  last: string | undefined
  isWhole: boolean
}

/** Finds comments by a part of their text or name; in a worker, since that reads long. */
type Search = (query: SearchQuery) => Promise<string[]>

export type Queue = ReturnType<typeof createQueue>

/** The moderators' lists. Every list is an index range per site and status, so it stays fast at any size. */
export function createQueue({
  db,
  keys,
  accounts,
  reports,
  search,
}: {
  db: Database
  keys: Keys
  accounts: Accounts
  reports: Reports
  search: Search
}) {
  const present = async (rows: QueuedRow[], sites: Map<string, Site>, principal: Principal): Promise<ModeratedComment[]> => {
    const revisions = await waitingRevisions(
      db.read,
      rows.map(({ id }) => id),
    )
    return rows.flatMap((row) => {
      const site = sites.get(row.siteId)
      if (!site) return []
      return presentModerated({
        row,
        site,
        revision: revisions.get(row.id),
        keys,
        seesEmails: may(principal.grants, 'see-emails', site.id),
      })
    })
  }

  const narrow = async (sites: Site[], { author = '', url, reported, q = '' }: QueueQuery): Promise<Narrowed> => {
    const who = cleanLine(author)
    const isEmail = EMAIL.test(who)
    return {
      reportedIds: reported ? await reports.reported(sites.map(({ id }) => id)) : undefined,
      emailIndex: isEmail ? emailIndex(keys, who) : undefined,
      threadIds:
        url === undefined
          ? undefined
          : await threadsAt(db.read, {
              siteIds: sites.map(({ id }) => id),
              keys: sites.flatMap((site) => createAddresses({ rules: site.settings }).articleAt(url)?.key ?? []),
            }),
      name: isEmail ? '' : fold(who),
      text: fold(q).trim(),
    }
  }

  /** The first rows after a place: an index range for each site and status, or the articles' own rows, merged. */
  const readRanges = async ({ sites, status, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> => {
    const wanted = status ? [status] : statuses
    const siteIds = narrowed.threadIds ? [undefined] : sites.map(({ id }) => id)
    const ranges = siteIds.flatMap((siteId) =>
      wanted.map((one) => findQueued(db.read, { siteId, filter: { ...narrowed, status: one }, after, take, order })),
    )
    const rows = (await Promise.all(ranges)).flat()
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()] // a public comment with a waiting revision is in two ranges
    const first = distinct.toSorted((a, b) => (a.id < b.id === (order === 'asc') ? -1 : 1)).slice(0, take)
    return { rows: first, last: first.at(-1)?.id, isWhole: first.length < take }
  }

  /** The same for a part of text or name, which the worker looks for. */
  const readSearch = async ({ sites, status, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> => {
    const ids = await search({ siteIds: sites.map(({ id }) => id), status, text: narrowed.text || narrowed.name, take, after, order })
    return { rows: await findByIds(db.read, ids), last: ids.at(-1), isWhole: ids.length < take }
  }

  /** The same among those that readers pointed at. */
  const readReported = async ({ narrowed: { reportedIds = [] }, order }: Asked, after: string | undefined, take: number): Promise<Part> => {
    const inOrder = order === 'asc' ? reportedIds.toReversed() : reportedIds
    const ids = inOrder.filter((id) => after === undefined || (order === 'asc' ? id > after : id < after)).slice(0, take)
    return { rows: await findByIds(db.read, ids), last: ids.at(-1), isWhole: ids.length < take }
  }

  /** Reads on until enough rows fit what the index, or the worker, could not look for. */
  const readFitting = async (asked: Asked, after: string | undefined, take: number): Promise<QueuedRow[]> => {
    const { text, name, reportedIds, emailIndex: email, threadIds } = asked.narrowed
    const isSearch = (text || name) && !email && !threadIds
    const read = reportedIds ? readReported : isSearch ? readSearch : readRanges
    const allFit = !reportedIds && !name && !(text && (email || threadIds))
    const found: QueuedRow[] = []
    let from = after
    for (;;) {
      const { rows, last, isWhole } = await read(asked, from, allFit ? take : READ_AT_ONCE)
      found.push(...rows.filter((row) => fits(row, asked)))
      if (isWhole || found.length >= take) return found.slice(0, take)
      from = last
    }
  }

  return {
    /** A page of what the caller moderates; pending oldest first, all else newest first. */
    async list({ principal, sites, query }: { principal: Principal; sites: Site[]; query: QueueQuery }) {
      const after = fromCursor(query.cursor, ID)
      const order = query.status === 'pending' ? 'asc' : 'desc'
      const narrowed = await narrow(sites, query)
      const rows = await readFitting({ sites, status: query.status, narrowed, order }, after, query.limit + 1)
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
      const submittedAs = entries[0]?.from ?? row.status
      return [
        {
          at: row.createdAt.toISOString(),
          actor: row.moderatorId ? row.name : 'author',
          action: 'submit',
          from: null,
          to: submittedAs,
          reason: null,
        },
        ...entries.map(({ at, actorName, action, from, to, reason }) => ({
          at: at.toISOString(),
          actor: actorName,
          action,
          from,
          to,
          reason,
        })),
      ]
    },
  }
}

/** Whether a row is what was asked for; it may have been decided since it was found. */
function fits(row: QueuedRow, { status, narrowed: { emailIndex: email, threadIds, reportedIds, name, text } }: Asked): boolean {
  if (row.status === REMOVED || (status && (status === 'pending' ? row.queue : row.status) !== status)) return false
  if (email !== undefined && row.emailIndex !== email) return false
  if (threadIds && !threadIds.includes(row.threadId)) return false
  if (reportedIds && row.reports === 0) return false
  return fold(row.name).includes(name) && row.folded.includes(text)
}
