import type { Existing } from './leaving/post-index.ts'
import type { Post } from './leaving/posts.ts'
import type { CommentRecord, ExternalRecord, HeaderRecord, RedirectRecord, ThreadRecord, TrailerRecord } from './records.ts'

/** How a history is written down: one file for each format, which knows nothing of where the records come from. */
export type Format = ByRecord | ByThread | Archive

interface Described {
  /** For the Content-Type header. */
  contentType: string
  /** Of the file's name, without a dot. */
  extension: string
  /** Whether the rest of a file that broke off behind some comment can be given. */
  resumes: boolean
}

/** All threads, then all comments in the order in which they were made. */
export interface ByRecord extends Described {
  order: 'records'
  /** Whether it has room for verdicts, reports, revisions and history. */
  extent: 'all' | 'text'
  /** Begins one file. */
  open(options: FormatOptions): RecordWriter
}

/** Thread by thread, each with its comments. */
export interface ByThread extends Described {
  order: 'threads'
  open(options: FormatOptions): ThreadWriter
}

/** What readers see, as pages in one archive. */
export interface Archive extends Described {
  order: 'archive'
}

export interface FormatOptions {
  header: HeaderRecord
  site: ExportedSite
  /** Begins a CSV with a byte order mark, by which Excel knows that it is UTF-8. */
  bom: boolean
}

/** What a format may say of the site. */
export interface ExportedSite {
  name: string
  locale: string
  timeZone: string
  /** Where its articles are, if that is known. */
  origin: string | null
  /** Levels of nesting that are shown. */
  maxDepth: number
}

/** Called in this order: begin, every thread, every comment, every earlier name, every redirect, end. Each gives the text to write, perhaps none. */
export interface RecordWriter {
  begin(): string
  thread(thread: ThreadRecord): string
  comment(comment: CommentRecord, threadTitle: string | null): string
  /** Of a whole history only, by formats that have room for it. */
  external?(external: ExternalRecord): string
  redirect?(redirect: RedirectRecord): string
  end(trailer: TrailerRecord): string
}

/** Called in this order: begin; for every thread: beginThread, its comments, endThread; end. */
export interface ThreadWriter {
  begin(): string
  /** `post` when it is known what WordPress has: null where it has nothing for this thread. */
  beginThread(thread: ThreadRecord & { number: number; post?: Post | null }): string
  comment(comment: CommentRecord, numbers: Numbers & CommentPlace): string
  endThread(): string
  end(): string
}

/** What of a comment is another there than here. */
export interface CommentPlace {
  ip: string | null
  /** As WordPress has it already. */
  existing?: Existing
  /** When it is said to be from, ISO; its own time when absent. */
  createdAt?: string
}

/** For formats that know comments by number: 1 and on, a parent's always below its replies'. */
export interface Numbers {
  number: number
  /** 0 for a comment that answers none, or none that is in the file. */
  parent: number
}
