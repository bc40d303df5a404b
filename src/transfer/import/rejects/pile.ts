import type { Entry } from '../entry.ts'
import { sentenceOf } from '../reason-text.ts'
import { partsOf } from '../reasons.ts'
import type { FoundComment, Place, Skipped } from '../source.ts'
import type { Stage } from '../stage.ts'
import type { RejectedRecord } from './record.ts'

/** Puts what reading leaves out into the stage, as it comes: memory does not grow with it. */
export function createPile({ db }: Stage) {
  const insert = db.prepare('INSERT INTO rejected (reason, thread, record) VALUES (?, ?, ?)')
  return {
    add({ reason, at, externalId, comment, address, raw, own }: Omit<Skipped, 'type' | 'reason'> & { reason: string }) {
      const { url, thread } = { url: address, thread: comment?.threadExternalId }
      const record: Left = {
        at,
        id: externalId,
        ...(comment && fieldsOf(comment)),
        ...((url !== undefined || thread !== undefined) && { thread: { id: thread || (url ?? ''), url: url ?? '' } }),
        ...(own !== undefined && { own }),
        ...(raw !== undefined && own === undefined && { raw }),
      }
      insert.run(reason, thread ?? null, JSON.stringify(record))
    },
  }
}

type Left = Omit<RejectedRecord, 'type' | 'code' | 'reason'>

function fieldsOf({ origin, parentExternalId, status, author, body, markup, createdAt, editedAt, verdict, own }: FoundComment): Left {
  if (own) return { own }
  return {
    ...(origin !== undefined && { origin }),
    parentId: parentExternalId,
    status,
    author: { ...author },
    body,
    markup,
    createdAt: createdAt?.toISOString() ?? null,
    editedAt: editedAt?.toISOString() ?? null,
    ...(verdict && { verdict: plain(verdict) }),
  }
}

const plain = ({ check, outcome, code, reason }: NonNullable<FoundComment['verdict']>) => ({
  check,
  outcome,
  ...(code !== undefined && { code }),
  reason,
})

/** All that was left out: by reading, by planning, by the database, and what the import did not come to. */
export function* rejectedIn(stage: Stage): Generator<RejectedRecord, void> {
  const { db } = stage
  const threadOf = db.prepare<[string], ThreadRow>('SELECT name, url, title, open, at FROM thread WHERE name = ?')
  const piled = db.prepare<[], { reason: string; thread: string | null; record: string }>(
    'SELECT reason, thread, record FROM rejected ORDER BY n',
  )
  for (const { reason, thread: name, record } of piled.iterate()) {
    const left = JSON.parse(record) as Left
    const known = name === null ? undefined : threadOf.get(name)
    yield { ...headOf(reason), ...left, ...(known && { thread: threadIn(known, left.thread?.url) }) }
  }
  for (const sql of [REFUSED, UNWRITTEN]) {
    for (const row of db.prepare<[], CommentRow>(sql).iterate()) yield { ...headOf(row.reason), ...leftOf(row, threadOf.get(row.thread)) }
  }
}

const COLUMNS = 'c.name, c.thread, c.origin, c.parent, c.at, c.place, c.entry'
const REFUSED = `SELECT r.reason, ${COLUMNS} FROM refusal r JOIN comment c ON c.n = r.n ORDER BY r.n`
const UNWRITTEN = `
  SELECT CASE WHEN p.outcome IS NULL THEN 'undone' ELSE 'refused' END AS reason, ${COLUMNS}
  FROM plan p JOIN comment c ON c.n = p.n WHERE p.outcome IS NULL OR p.outcome = 'refused' ORDER BY p.position`

interface ThreadRow {
  name: string
  url: string | null
  title: string | null
  open: number | null
  at: number | null
}

interface CommentRow {
  reason: string
  name: string
  thread: string
  origin: string | null
  parent: string | null
  at: number | null
  place: string
  entry: string
}

function headOf(reason: string): Pick<RejectedRecord, 'type' | 'code' | 'reason'> {
  const { code } = partsOf(reason)
  return { type: 'rejected', ...(code !== null && { code }), reason: sentenceOf(reason) }
}

const threadIn = ({ name, url, title, open, at }: ThreadRow, address: string | undefined): NonNullable<RejectedRecord['thread']> => ({
  id: name,
  url: address || (url ?? ''),
  title,
  ...(open !== null && { open: open === 1 }),
  ...(at !== null && { createdAt: new Date(at).toISOString() }),
})

/** A comment of the stage as it would be read again: its text is what somebody would have typed here. */
function leftOf(row: CommentRow, known: ThreadRow | undefined): Left {
  const entry = JSON.parse(row.entry) as Entry
  const { status, name, email, website, ip, moderatorId, body, editedAt, verdict } = entry
  const thread = known ? threadIn(known, entry.own?.url) : { id: row.thread, url: entry.own?.url ?? '' }
  const at = JSON.parse(row.place) as Place
  const createdAt = row.at === null ? null : new Date(row.at).toISOString()
  if (entry.own) return { at, id: row.name, thread, own: ownOf({ row, entry, createdAt }) }
  return {
    at,
    id: row.name,
    ...(row.origin !== null && { origin: row.origin }),
    thread,
    parentId: row.parent,
    status: status as FoundComment['status'],
    author: { name, email, website, ip, ...(moderatorId !== null && { isModerator: true }) },
    body,
    markup: 'typed',
    createdAt,
    editedAt,
    ...(verdict && { verdict: plain(verdict) }),
  }
}

const ownOf = ({
  row,
  entry: { own, name, email, website, moderatorId, status, body, html, sanitizer, editedAt },
  createdAt,
}: {
  row: CommentRow
  entry: Entry
  createdAt: string | null
}) => ({
  id: row.name,
  threadId: row.thread,
  parentId: row.parent,
  status,
  author: { name, website, email },
  moderatorId,
  body,
  html,
  sanitizer,
  createdAt,
  editedAt,
  ...own,
})
