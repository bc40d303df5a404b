import { CSV_COLUMNS, type CsvColumn } from './csv-columns.ts'
import type { ByRecord } from './format.ts'
import type { CommentRecord } from './records.ts'

/** What is not in a CSV, by the names of the full format: a table has no room for it. The README has the same list. */
export const NOT_IN_CSV = [
  'thread.id',
  'thread.open',
  'thread.createdAt',
  'threads without comments',
  'comment.html',
  'comment.version',
  'comment.pageTitle',
  'comment.sanitizer',
  'comment.moderatorId',
  'comment.verdicts',
  'comment.reports',
  'comment.revisions',
  'comment.history',
] as const

/**
 * Comments as a table for spreadsheets (RFC 4180): a header row, CR LF, every cell quoted.
 *
 * Without a byte order mark unless asked for: RFC 4180 knows none and simple readers take it for a part of the first name, but
 * Excel reads a file without it in the machine's old code page.
 */
export const csv: ByRecord = {
  order: 'records',
  extent: 'text',
  contentType: 'text/csv; charset=utf-8',
  extension: 'csv',
  resumes: true,
  open: ({ header, bom }) => {
    const columns = columnsOf(header)
    return {
      begin: () => (bom ? '\ufeff' : '') + row(columns),
      thread: () => '',
      comment: (comment, threadTitle) => row(columns.map((column) => CELLS[column](comment, threadTitle))),
      end: () => '',
    }
  },
}

const CELLS: Record<CsvColumn, (comment: CommentRecord, threadTitle: string | null) => string | null | undefined> = {
  id: ({ id }) => id,
  url: ({ url }) => url,
  title: (_comment, threadTitle) => threadTitle,
  parentId: ({ parentId }) => parentId,
  status: ({ status }) => status,
  authorName: ({ author }) => author.name,
  authorEmail: ({ author }) => author.email,
  authorWebsite: ({ author }) => author.website,
  body: ({ body }) => body,
  createdAt: ({ createdAt }) => createdAt,
  editedAt: ({ editedAt }) => editedAt,
}

const columnsOf = ({ emails }: { emails: boolean }) => CSV_COLUMNS.filter((column) => emails || column !== 'authorEmail')

const row = (values: (string | null | undefined)[]) => `${values.map((value) => cell(value ?? '')).join(',')}\r\n`
const cell = (text: string) => `"${harmless(text).replaceAll('"', '""')}"`

// What makes spreadsheets take a cell for a formula: these signs, their full-width and small forms, and white space before them.
const FORMULA = /^'*\s*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]/

/**
 * A cell that no spreadsheet runs: one that could be a formula gets an apostrophe in front. So does one that begins with
 * apostrophes before such a sign, so that taking one apostrophe away from every cell of that form gives back what was there.
 */
const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** The text that such a cell was made of. */
export const unguarded = (text: string) => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text)
