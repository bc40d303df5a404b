import { type CommentRecord, type HeaderRecord, type ThreadRecord, VERSION } from './records.ts'
import type { Selection } from './selection.ts'
import type { CommentPage } from './store.ts'
import type { ThreadRow } from './thread-store.ts'

/** What the file is. */
export const headerRecord = ({
  emails,
  selection: { status, since, until, thread },
  snapshot,
}: {
  emails: boolean
  selection: Selection
  snapshot: string
}): HeaderRecord => ({
  format: 'balas',
  version: VERSION,
  emails,
  filter: {
    status: status ?? null,
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    url: thread?.url ?? null,
  },
  snapshot,
})

export const threadRecord = (row: Omit<ThreadRow, 'key'>): ThreadRecord => ({
  id: row.id,
  url: row.url,
  title: row.title,
  open: row.open,
  createdAt: row.createdAt,
})

/** `email` is left out when it is undefined. */
export const commentRecord = ({
  row,
  page,
  email,
}: {
  row: CommentPage['comments'][number]
  page: CommentPage
  email: string | null | undefined
}): CommentRecord => ({
  id: row.id,
  threadId: row.threadId,
  url: row.url,
  parentId: row.parentId,
  status: row.status as CommentRecord['status'],
  version: row.version,
  author: { name: row.name, website: row.website, ...(email !== undefined && { email }) },
  moderatorId: row.moderatorId,
  pageTitle: row.pageTitle,
  body: row.body,
  html: row.html,
  sanitizer: row.sanitizer,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
  verdicts: verdicts(row.verdicts),
  reports: (page.reports.get(row.id) ?? []).map(({ id, reason, dismissed, createdAt }) => ({
    id,
    reason,
    dismissed,
    createdAt,
  })),
  revisions: (page.revisions.get(row.id) ?? []).map((revision) => ({
    id: revision.id,
    state: revision.state as CommentRecord['revisions'][number]['state'],
    body: revision.body,
    html: revision.html,
    sanitizer: revision.sanitizer,
    replacedBody: revision.replacedBody,
    replacedHtml: revision.replacedHtml,
    verdicts: verdicts(revision.verdicts),
    createdAt: revision.createdAt,
  })),
  history: (page.history.get(row.id) ?? []).map((entry) => ({
    id: entry.id,
    at: entry.at,
    actor: entry.actorName,
    actorId: entry.actorId,
    action: entry.action,
    from: entry.from,
    to: entry.to,
    reason: entry.reason,
    version: entry.version,
    revisionId: entry.revisionId,
    batchId: entry.batchId,
    ...(entry.via !== null && { via: entry.via }),
  })),
})

const verdicts = (stored: unknown) => canonical(stored) as CommentRecord['verdicts']

/** A JSON value with its keys in alphabetical order: PostgreSQL's jsonb gives them back in an order of its own. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, inner]) => [key, canonical(inner)]))
}
