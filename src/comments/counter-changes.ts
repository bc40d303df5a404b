import type { Database, Transaction } from '../database/connect.ts'
import type { Move, Teller } from './outbox.ts'
import { countedAs, type Status } from './comment.ts'
import { type CommentRow, moveCounts } from './store.ts'
import { nextTitle, raiseThread } from './thread-store.ts'

/**
 * What changes of comments come to for their threads and sites. It is kept while a transaction changes comments and written at its
 * end, each thread and site once: so rows are always locked upwards, comments before threads before sites, in a fixed order, and two
 * moderators with long lists do not wait for each other in a circle.
 */
export interface CounterChanges {
  threads: Map<string, { approved: number; title: string | null; gone: string[] }>
  sites: Map<string, { from: Status[]; to: Status[] }>
  moves: Move[]
}

export const noCounterChanges = (): CounterChanges => ({ threads: new Map(), sites: new Map(), moves: [] })

/** Notes what became of a comment; `after` is null when it is gone. A thread is touched when readers see a difference. */
export function noteChange(
  counterChanges: CounterChanges,
  { row, after, hasNewText = false }: { row: CommentRow; after: { status: Status; queue: string | null } | null; hasNewText?: boolean },
): void {
  const site = counterChanges.sites.get(row.siteId) ?? { from: [], to: [] }
  site.from.push(...countedAs(row))
  if (after) site.to.push(...countedAs(after))
  counterChanges.sites.set(row.siteId, site)
  if (row.status !== after?.status) counterChanges.moves.push({ comment: row, from: row.status, to: after?.status ?? null })

  const wasPublic = row.status === 'approved'
  const isPublic = after?.status === 'approved'
  if (wasPublic === isPublic && !(isPublic && hasNewText)) return
  const thread = counterChanges.threads.get(row.threadId) ?? { approved: 0, title: null, gone: [] }
  thread.approved += Number(isPublic) - Number(wasPublic)
  if (!wasPublic) thread.title ??= row.pageTitle // of many the newest, which come first
  if (!isPublic && row.pageTitle !== null) thread.gone.push(row.pageTitle)
  counterChanges.threads.set(row.threadId, thread)
}

/**
 * Writes what was noted: a comment that came into view brought its article's title, one that went takes the title that it told along.
 * And whoever is to hear of it is told, of every change of a status, since all of them lead through here.
 */
export async function applyCounterChanges(
  tx: Transaction,
  { db, outbox, counterChanges }: { db: Database; outbox: Teller; counterChanges: CounterChanges },
): Promise<void> {
  for (const [threadId, { approved, title, gone }] of inOrder(counterChanges.threads)) {
    const { siteId, key } = await raiseThread(tx, { threadId, approved, title })
    for (const one of new Set(gone)) await nextTitle(tx, { threadId, gone: one })
    await db.changes.announce(tx, { siteId, key })
  }
  for (const [siteId, { from, to }] of inOrder(counterChanges.sites)) {
    await moveCounts(tx, { siteId, from, to })
    await db.changes.announce(tx, { siteId, inner: 'queue' })
  }
  await outbox.moved(tx, counterChanges.moves)
}

const inOrder = <Entry>(entries: Map<string, Entry>) => [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))
