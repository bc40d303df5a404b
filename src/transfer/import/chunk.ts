import type { BulkRows } from '../../database/bulk-insert.ts'
import type { Status } from '../../comments/comment.ts'

/** A part of the work as the worker prepared it, to be written in one transaction. */
export type Chunk = ThreadChunk | CommentChunk | NameChunk | RedirectChunk

export interface ThreadChunk {
  type: 'threads'
  rows: BulkRows | null
  /** Threads that had no title so far. */
  titles: { id: string; title: string }[]
}

export interface CommentChunk {
  type: 'comments'
  /** How many comments are dealt with when it is written. */
  position: number
  /** In the order in which they are to be inserted. */
  rows: BulkRows[]
  /** Public replies to comments that were there before. */
  above: { parentId: string; by: number }[]
  /** What came into view. */
  threads: { threadId: string; approved: number }[]
  /** What the site counts of the new ones. */
  counts: Status[]
  changed: ChangedComment[]
  /** Names from before origins were kept, and the origin that each has from now on. */
  adopted: { name: string; origin: string }[]
  /** By thread and status, which comments there must be once the new ones are written. */
  expected: { threadId: string; status: string; url: string; ids: string[] }[]
}

export interface ChangedComment {
  name: string
  origin: string
  id: string
  /** At which it was read. */
  version: number
  status: Status
  body: string
  html: string
  editedAt: string | null
  hash: string
}

/** Names that comments had before, from a file of ours. */
export interface NameChunk {
  type: 'names'
  rows: BulkRows | null
}

/** Addresses that lead to others, from a file of ours. */
export interface RedirectChunk {
  type: 'redirects'
  pairs: { from: string; to: string }[]
}

const encoder = new TextEncoder() // unlike Buffer.from it gives each step memory of its own, which can be handed to another thread

/**
 * A step on its way between threads: a line of JSON, and before it, in lines of their own, the rows that are JSON already. They need no
 * second coat so, and stay apart: V8 frees texts of hundreds of kilobytes late.
 */
export function encodeStep(step: object): Uint8Array {
  const rows: string[] = []
  const line = JSON.stringify(step, (name, value: unknown) => (name === 'json' && typeof value === 'string' ? rows.push(value) - 1 : value))
  return encoder.encode(`${[...rows, line].join('\n')}\n`)
}

/** The steps that come through a stream of bytes, which may put several into one chunk. */
export async function* decodeSteps<Step>(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Step, void> {
  let rows: string[] = []
  for await (const { buffer, byteOffset, byteLength } of chunks) {
    const bytes = Buffer.from(buffer, byteOffset, byteLength)
    for (let start = 0, end = bytes.indexOf(LF); end >= 0; start = end + 1, end = bytes.indexOf(LF, start)) {
      const line = bytes.toString('utf8', start, end)
      if (line.startsWith('[')) rows.push(line)
      else {
        const known = rows
        yield JSON.parse(line, (name, value: unknown) => (name === 'json' ? known[Number(value)] : value)) as Step
        rows = []
      }
    }
  }
}

const LF = 10
