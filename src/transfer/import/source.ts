import { defineError } from '../../errors.ts'
import type { REMOVED, Status } from '../../comments/comment.ts'
import type { StoredVerdict } from '../../spam/codes.ts'
import type { CsvColumn } from '../csv-columns.ts'
import type { CommentRecord, ExternalRecord, RedirectRecord } from '../records.ts'
import type { Reason } from './reasons.ts'

/** The file as a whole cannot be read: another format, cut off, wrong encoding, or made to do harm. Names line and column where it can. */
export const UnreadableFile = defineError('unreadable-file', 422, 'The file cannot be read')

/**
 * How another system's export is read: one file for each, which knows nothing of where the records go.
 *
 * A reader passes on what the file says and judges nothing: names and bodies may be empty or too long for us, addresses no addresses,
 * dates in the future, threads without comments, an id there twice. It skips only what is no comment (a pingback), what cannot be placed (no id,
 * no article, an article's relative address without a base), and what cannot be read.
 */
export interface Source {
  /** Whether systems that write such files may count comments anew under each article: a number alone then names nobody. */
  numbersPerArticle?: boolean
  /**
   * Reads a file on disk from its beginning to its end, in memory that does not grow with the comments in it (some systems keep people
   * or threads in tables of their own, which grow it). The order is the file's: a reply may come before its parent, a comment before its
   * thread, a thread twice.
   * @throws UnreadableFile; one bad record is yielded as `skipped` instead
   */
  read(input: { file: string; options: SourceOptions }): AsyncGenerator<Found, void>
}

export interface SourceOptions {
  /** The address that relative article addresses are taken from, such as `https://news.example`. */
  base?: string | undefined
  /** For a CSV: which column holds what; the names of our own CSV when absent. */
  columns?: Partial<Record<CsvColumn, string>> | undefined
}

/** Where in the file a record stands, as people find it again: line and column, or table and row. */
export interface Place {
  line?: number | undefined
  column?: number | undefined
  /** `comments row 17`, for files that have no lines. */
  row?: string | undefined
}

export type Found = FoundThread | FoundComment | Skipped | Notice | FoundExternal | FoundRedirect

export interface FoundThread {
  type: 'thread'
  at: Place
  /** The system's own name of it, stable from one export to the next; its address where it has no other. */
  externalId: string
  url: string
  title: string | null
  /** Whether it takes comments; as the site has it where the system does not say. */
  open?: boolean | undefined
  createdAt?: Date | undefined
  /** Our own file's: its address is kept as it stands, and the thread is made even without comments. */
  isOwn?: boolean | undefined
}

export interface FoundComment {
  type: 'comment'
  at: Place
  /** The system's own name of it, stable from one export to the next. */
  externalId: string
  /** The blog's address or the forum's name, where the file tells; the article's host where it does not. */
  origin?: string | undefined
  /** The thread's `externalId`. */
  threadExternalId: string
  parentExternalId: string | null
  /** `removed`: taken away there; its place is of use only below replies. Such a comment has neither name nor body. */
  status: Status | typeof REMOVED
  author: {
    /** Empty where the system knows none. */
    name: string
    email: string | null
    website: string | null
    ip: string | null
    /** Whether the file says that the site's own people wrote it. */
    isModerator?: boolean | undefined
  }
  /** As the system keeps it. */
  body: string
  /**
   * How `body` is meant. `text`: plain, a `<` is a sign. `typed`: as typed into a form like ours or WordPress's, with a few tags, where
   * line breaks and blank lines count. `html`: as rendered by the system; a line break is a space. `markdown`: Markdown that may hold HTML.
   */
  markup: 'text' | 'typed' | 'html' | 'markdown'
  /** Null where the file has none that can be read: it is given its thread's or the import's time, and the report says so. */
  createdAt: Date | null
  editedAt: Date | null
  /** Why it comes in otherwise than it stood there. */
  verdict?: StoredVerdict | undefined
  /** Our own file's record: it comes in with all that was done about it. */
  own?: CommentRecord | undefined
}

/** A record that is left out, and why; the rest of the file goes on. */
export interface Skipped {
  type: 'skipped'
  at: Place
  externalId: string | null
  reason: Reason
  /** What was read of it, where that is all of it. */
  comment?: FoundComment | undefined
  /** Its article's address as the file has it, where no thread was passed on. */
  address?: string | undefined
  /** The beginning of how it stands in the file, where it could not be read. */
  raw?: string | undefined
  /** Our own file's record, which is not as it should be. */
  own?: Record<string, unknown> | undefined
}

/** Something to know about the file as a whole. */
export interface Notice {
  type: 'notice'
  reason: Reason
}

/** Our own file's: what a comment was called where it was brought from. */
export interface FoundExternal {
  type: 'external'
  external: ExternalRecord
}

/** Our own file's: an address that leads to another. */
export interface FoundRedirect {
  type: 'redirect'
  redirect: RedirectRecord
}
