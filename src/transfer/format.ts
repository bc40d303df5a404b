import type { CommentRecord, HeaderRecord, ThreadRecord, TrailerRecord } from './records.ts'

/** How a history is written down: one file for each format, which knows nothing of where the records come from. */
export interface Format {
  /** For the Content-Type header. */
  contentType: string
  /** Of the file's name, without a dot. */
  extension: string
  /** Begins one file. */
  open(options: FormatOptions): Writer
}

export interface FormatOptions {
  header: HeaderRecord
  /** Begins a CSV with a byte order mark, by which Excel knows that it is UTF-8. */
  bom: boolean
}

/** Called in this order: begin, every thread, every comment, end. Each gives the text to write, perhaps none. */
export interface Writer {
  begin(): string
  thread(thread: ThreadRecord): string
  comment(comment: CommentRecord, threadTitle: string | null): string
  end(trailer: TrailerRecord): string
}
