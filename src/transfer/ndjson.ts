import type { ByRecord } from './format.ts'

/** `type` comes first, put there as text: copying every record to have it so costs as much as writing it. */
const line = (type: string, record: object) => `{"type":"${type}",${JSON.stringify(record).slice(1)}\n`

/**
 * The full, lossless format: one JSON document on each line (LF at its end): a header, the threads and then the comments in the
 * order of their ids, what comments were called elsewhere and where addresses lead, and a trailer with the number of comments and the SHA-256 of all bytes before the trailer's line.
 * A file without a trailer was cut off.
 */
export const ndjson: ByRecord = {
  order: 'records',
  extent: 'all',
  contentType: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  resumes: true,
  open: ({ header }) => ({
    begin: () => line('header', header),
    thread: (thread) => line('thread', thread),
    comment: (comment) => line('comment', comment),
    external: (external) => line('external', external),
    redirect: (redirect) => line('redirect', redirect),
    end: ({ count, sha256 }) => line('trailer', { count, sha256 }),
  }),
}
