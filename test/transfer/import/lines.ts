import { createHash } from 'node:crypto'
import { idOf } from '../../../src/transfer/import/stable-id.ts'
import { type CommentRecord, NdjsonLine, type ThreadRecord } from '../../../src/transfer/records.ts'

const START = Date.parse('2026-03-01T08:00:00Z')
const at = (second: number) => new Date(START + second * 1000)

/** The id of something of a history that is made up, by its second. */
export const idAt = (second: number) => idOf({ at: at(second), place: 0, of: String(second) })

export const thread = (second: number, changes: Partial<ThreadRecord> = {}): object => ({
  type: 'thread',
  id: idAt(second),
  url: `https://berita.example/${second}`,
  title: `Artikel ${second}`,
  open: true,
  createdAt: at(second).toISOString(),
  ...changes,
})

/** A comment in the thread of second 0, unless another is named. */
export const comment = (second: number, changes: Partial<CommentRecord> = {}): object => ({
  type: 'comment',
  id: idAt(second),
  threadId: idAt(0),
  url: 'https://berita.example/0',
  parentId: null,
  status: 'approved',
  version: 1,
  author: { name: `Pembaca ${second}`, website: null, email: `pembaca${second}@example.com` },
  moderatorId: null,
  pageTitle: null,
  body: `Komentar ${second}`,
  html: `<p>Komentar ${second}</p>`,
  sanitizer: 1,
  createdAt: at(second).toISOString(),
  editedAt: null,
  verdicts: [],
  reports: [],
  revisions: [],
  history: [],
  ...changes,
})

const HEADER = {
  type: 'header',
  format: 'balas',
  version: 2,
  emails: true,
  filter: { status: null, since: null, until: null, url: null },
  snapshot: '/',
}

/** Records as a whole file of ours; a text stands for a line as it is. */
export function fileOf(records: (object | string)[], trailer: object = {}, snapshot = '/', version = 2): string {
  const text = [{ ...HEADER, version, snapshot }, ...records]
    .map((record) => `${typeof record === 'string' ? record : JSON.stringify(inOrder(record))}\n`)
    .join('')
  const count = records.filter((record) => typeof record === 'string' || (record as { type?: string }).type === 'comment').length
  return text + JSON.stringify({ type: 'trailer', count, sha256: createHash('sha256').update(text).digest('hex'), ...trailer }) + '\n'
}

/** A record with its fields in the order in which an export writes them. */
function inOrder(record: object): object {
  const { success, data } = NdjsonLine.safeParse(record)
  return success ? data : record
}
