import type { CommentPage, Selection, ThreadRow } from './store.ts'

/** Raised when a reader of the old form would misread the new one. */
export const VERSION = 1

/** The first record: what the file is. It says nothing about when or by whom it was made, so the same history gives the same bytes. */
export type HeaderRecord = ReturnType<typeof headerRecord>
export const headerRecord = ({
  site,
  emails,
  selection: { status, since },
}: {
  site: { key: string; name: string; locale: string; settings: unknown }
  emails: boolean
  selection: Selection
}) => ({
  format: 'balas',
  version: VERSION,
  /** `settings` are those that were changed; the rest are the program's defaults. */
  site: { key: site.key, name: site.name, locale: site.locale, settings: canonical(site.settings) },
  emails,
  /** Nulls for the whole history. In a part of it, a parent may be missing. */
  filter: { status: status ?? null, since: since?.toISOString() ?? null },
})

export type ThreadRecord = ReturnType<typeof threadRecord>
export const threadRecord = (row: ThreadRow) => ({
  id: row.id,
  url: row.url,
  title: row.title,
  open: row.open,
  createdAt: row.createdAt.toISOString(),
})

/**
 * A comment with everything that was said and done about it. Never an IP address; `author.email` is there only when the caller
 * gives one (or null for an author without), absent when addresses were not asked for.
 */
export type CommentRecord = ReturnType<typeof commentRecord>
export const commentRecord = ({
  row,
  page,
  email,
}: {
  row: CommentPage['comments'][number]
  page: CommentPage
  email: string | null | undefined
}) => ({
  id: row.id,
  threadId: row.threadId,
  url: row.url,
  parentId: row.parentId,
  /** pending, approved, rejected, spam; or removed: an erased comment whose place its replies need. */
  status: row.status,
  author: { name: row.name, website: row.website, ...(email !== undefined && { email }) },
  /** The account of the moderator who wrote it. */
  moderatorId: row.moderatorId,
  pageTitle: row.pageTitle,
  /** As typed. */
  body: row.body,
  html: row.html,
  createdAt: row.createdAt.toISOString(),
  editedAt: row.editedAt?.toISOString() ?? null,
  reports: row.reports,
  verdicts: canonical(row.verdicts),
  revisions: (page.revisions.get(row.id) ?? []).map((revision) => ({
    state: revision.state,
    body: revision.body,
    html: revision.html,
    replacedBody: revision.replacedBody,
    replacedHtml: revision.replacedHtml,
    verdicts: canonical(revision.verdicts),
    createdAt: revision.createdAt.toISOString(),
  })),
  history: (page.history.get(row.id) ?? []).map((entry) => ({
    at: entry.at.toISOString(),
    actor: entry.actorName,
    actorId: entry.actorId,
    action: entry.action,
    from: entry.from,
    to: entry.to,
    reason: entry.reason,
  })),
})

/** The last record: how many comments there were, and the SHA-256 (hex) of every byte before this record's line. */
export interface TrailerRecord {
  count: number
  sha256: string
}

/** A JSON value with its keys in alphabetical order: PostgreSQL's jsonb gives them back in an order of its own. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, inner]) => [key, canonical(inner)]))
}
