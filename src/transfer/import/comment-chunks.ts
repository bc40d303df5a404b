import { countedAs, type Status } from '../../comments/comment.ts'
import { bulkPieces } from '../../database/bulk-insert.ts'
import type { Database } from '../../database/connect.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { CommentChunk } from './chunk.ts'
import type { Entry } from './entry.ts'
import { outcomeOf } from './outcome.ts'
import { type Known, lookUp, type PlanRow } from './known.ts'
import type { KnownComment } from './known-store.ts'
import { commentRow, activityRows } from './rows.ts'
import type { Stage } from './stage.ts'
import { idOf, isIdAt } from './stable-id.ts'

/** Comments written by one transaction: few enough that readers' submissions get their turn in between, as each waits for a disk once. */
const AT_ONCE = 500

export interface Preparing {
  stage: Stage
  client: Database['read']
  provider: Database['provider']
  keys: Keys
  siteId: string
  /** The format, as names are remembered by it. */
  source: string
  /** Goes on behind this many comments. */
  position: number
  /** How many are prepared at once. */
  atOnce?: number | undefined
  /** The comment at this position is left out. */
  refused?: number | undefined
}

interface Placed {
  id: string | null
  threadId: string
  rootId: string
  depth: number
  path: string
}

type Row = ReturnType<typeof commentRow>

/** The comments in their order, prepared to be written: what is known of them is looked up for many at once. */
export async function* commentChunks(preparing: Preparing): AsyncGenerator<CommentChunk, void> {
  const { db } = preparing.stage
  const { position, atOnce = AT_ONCE } = preparing
  const page = db.prepare<[number], PlanRow>(
    `SELECT p.position, p.n, p.at, p.parent, p.outside, a.key, a.url, a.id AS articleId, c.name, t.origin, t.shared, c.entry
     FROM plan p JOIN comment c ON c.n = p.n JOIN tie t ON t.n = p.n JOIN article a ON a.n = p.article WHERE p.position > ? ORDER BY p.position LIMIT ${atOnce}`,
  )
  for (let rows = page.all(position); rows.length > 0; rows = page.all(rows.at(-1)?.position ?? 0)) {
    yield await prepare(preparing, rows)
  }
}

async function prepare(preparing: Preparing, planned: PlanRow[]): Promise<CommentChunk> {
  const { stage, provider, keys, siteId, source } = preparing
  const known = await lookUp(preparing, planned)
  const placedBefore = stage.db.prepare<[number], Placed>('SELECT id, threadId, rootId, depth, path FROM plan WHERE n = ?')
  const settle = stage.db.prepare(
    `UPDATE plan SET id = ?, threadId = ?, rootId = ?, depth = ?, path = ?, outcome = ?, origin = ?, clash = ?, orphan = coalesce(?, orphan)
     WHERE position = ?`,
  )
  const fresh = new Map<string, Row>()
  const names: { siteId: string; name: string; source: string; origin: string; commentId: string; hash: string; version: number }[] = []
  const activity = { Revision: [] as object[], History: [] as object[], Report: [] as object[] }
  const changed: CommentChunk['changed'] = []
  const adopted: CommentChunk['adopted'] = []
  const expected = createExpected()

  const settleAll = stage.db.transaction(() => {
    for (const row of planned) {
      const entry = known.entries.get(row.n) as Entry
      const threadId = known.threads.get(row.key)?.id ?? row.articleId // made a moment ago, or about to be
      const identity = known.identityOf({ row, entry, threadId })
      const external = identity.known
      const comment = known.comment(external?.commentId ?? row.name)
      const outcome = row.position === preparing.refused ? 'refused' : outcomeOf({ entry, external, comment })
      const origin = external && !identity.isAdopted ? external.origin : row.origin
      const clash = Number(identity.isClash)
      if (outcome !== 'new') {
        const { id, rootId, depth, path } = comment ?? {}
        settle.run(id, comment?.threadId ?? threadId, rootId, depth, path, outcome, origin, clash, null, row.position)
        if (identity.isAdopted && outcome !== 'refused') adopted.push({ name: row.name, origin })
        if (outcome === 'changed' && comment) changed.push(changeOf({ name: row.name, origin, entry, comment }))
        continue
      }
      const { parent, orphan } = parentOf({ row, threadId, placedBefore, known })
      const at = new Date(row.at)
      const isFree = isIdAt(row.name, row.at) && !known.isTaken(row.name)
      const id = isFree ? row.name : idOf({ at, place: row.n, of: `${siteId}\n${source}\n${origin}\n${row.name}` })
      const made = commentRow({ entry, keys, where: { id, siteId, threadId: parent?.threadId ?? threadId, parent, at } })
      fresh.set(id, made)
      names.push({ siteId, name: row.name, source, origin, commentId: id, hash: entry.hash, version: made.version })
      if (entry.own) addTo(activity, activityRows({ own: entry.own, commentId: id, siteId, taken: known.taken }))
      expected.add({ id, threadId: parent?.threadId ?? threadId, status: entry.status, url: row.url })
      settle.run(id, made.threadId, made.rootId, made.depth, made.path, outcome, origin, clash, orphan, row.position)
    }
  })
  settleAll()

  const rows = [...fresh.values()]
  const above = settlePlaces(fresh)
  const bulk = { Comment: rows, ExternalId: names, ...activity }
  return {
    type: 'comments',
    position: planned.at(-1)?.position ?? 0,
    rows: Object.entries(bulk).flatMap(([table, some]) => bulkPieces({ provider, table, rows: some as Record<string, unknown>[] })),
    above,
    threads: approvedIn(rows),
    counts: rows.flatMap(({ status, queue }) => countedAs({ status, queue })),
    changed,
    adopted,
    expected: expected.list(),
  }
}

/** What a comment answers, here; and why it answers nothing though it did. */
function parentOf({
  row,
  threadId,
  placedBefore,
  known,
}: {
  row: PlanRow
  threadId: string
  placedBefore: { get: (n: number) => Placed | undefined }
  known: Known
}): { parent: (Placed & { id: string }) | null; orphan: string | null } {
  if (row.parent !== null) {
    const placed = placedBefore.get(row.parent)
    const { id } = placed ?? {}
    return placed && id ? { parent: { ...placed, id }, orphan: null } : { parent: null, orphan: 'deleted' }
  }
  if (row.outside === null) return { parent: null, orphan: null }
  const external = known.outside(row)
  const comment = known.comment(external?.commentId ?? row.outside)
  if (!comment) return { parent: null, orphan: external ? 'deleted' : 'missing' }
  return comment.threadId === threadId ? { parent: comment, orphan: null } : { parent: null, orphan: 'elsewhere' }
}

const changeOf = ({ name, origin, entry, comment }: { name: string; origin: string; entry: Entry; comment: KnownComment }) => ({
  name,
  origin,
  id: comment.id,
  version: comment.version,
  status: entry.status as Status,
  body: entry.body,
  html: entry.html,
  editedAt: entry.editedAt,
  hash: entry.hash,
})

function addTo(activity: { Revision: object[]; History: object[]; Report: object[] }, more: ReturnType<typeof activityRows>) {
  activity.Revision.push(...more.Revision)
  activity.History.push(...more.History)
  activity.Report.push(...more.Report)
}

/** Gives new comments their places in the thread, from the deepest up; tells how many public ones stand right below comments that were there before. */
function settlePlaces(fresh: Map<string, Row>): CommentChunk['above'] {
  const above = new Map<string, number>()
  for (const row of [...fresh.values()].toReversed()) {
    row.shown ||= row.shownReplies > 0
    if (!row.shown || row.parentId === null) continue
    const parent = fresh.get(row.parentId)
    if (parent) parent.shownReplies++
    else above.set(row.parentId, (above.get(row.parentId) ?? 0) + 1)
  }
  return [...above].map(([parentId, by]) => ({ parentId, by }))
}

function approvedIn(rows: Row[]): CommentChunk['threads'] {
  const approved = new Map<string, number>()
  for (const { status, threadId } of rows) if (status === 'approved') approved.set(threadId, (approved.get(threadId) ?? 0) + 1)
  return [...approved].map(([threadId, count]) => ({ threadId, approved: count })).toSorted((a, b) => (a.threadId < b.threadId ? -1 : 1))
}

/** What the plan says that a chunk brings, article by article and status by status: what its transaction is held against. */
function createExpected() {
  const groups = new Map<string, CommentChunk['expected'][number]>()
  return {
    add({ id, threadId, status, url }: { id: string; threadId: string; status: string; url: string }) {
      const key = `${threadId}\n${status}`
      const group = groups.get(key) ?? { threadId, status, url, ids: [] }
      groups.set(key, group)
      group.ids.push(id)
    },
    list: () => [...groups.values()],
  }
}
