import { z } from 'zod'
import { REMOVED, statuses } from '../comments/comment.ts'
import { Text } from '../http/validate.ts'

/**
 * Raised when a reader of the old form would misread the new one. A field that is added does not raise it.
 * 1: threads and comments. 2: also where comments came from and where addresses lead.
 */
export const VERSION = 2

const Time = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC, to the millisecond' })
const Id = z.uuid()
const Status = z.enum([...statuses, REMOVED])

/**
 * The first record: what the file is. It says nothing about when, where or by whom it was made, so the same history gives the same
 * bytes from every server. Settings of the site are not part of it: `GET /api/v1/sites/{site}` has them.
 */
export const HeaderRecord = z.object({
  format: z.literal('balas'),
  version: z.union([z.literal(VERSION), z.literal(1)]).meta({ description: `${VERSION}; files of version 1 are read too` }),
  emails: z.boolean().meta({ description: "Whether comments carry their authors' e-mail addresses" }),
  filter: z
    .object({
      status: z.enum(statuses).nullable(),
      since: Time.nullable(),
      until: Time.nullable(),
      url: Text.nullable(),
    })
    .meta({ description: 'Nulls for the whole history. In a part of it, a parent may be missing' }),
  snapshot: z
    .string()
    .regex(/^([0-9a-f-]{36})?\/([0-9a-f-]{36})?$/)
    .meta({
      description: 'The newest thread and the newest comment that are in it; with `after` it goes on with an export that broke off',
    }),
})
export type HeaderRecord = z.output<typeof HeaderRecord>

/** An article. Which addresses lead to it is worked out from `url` by the site's rules. */
export const ThreadRecord = z.object({
  id: Id,
  url: Text.min(1),
  title: Text.nullable(),
  open: z.boolean().meta({ description: 'Whether it takes comments' }),
  createdAt: Time,
})
export type ThreadRecord = z.output<typeof ThreadRecord>

const Verdict = z.looseObject({ check: Text, outcome: Text, reason: Text }).meta({
  description: 'What one check said when the text came in: `check`, `outcome` (pass, approve, hold, spam, reject), `reason`, `facts`',
})

const Revision = z.object({
  id: Id,
  state: z.enum(['waiting', 'published', 'dropped', 'superseded']),
  body: Text,
  html: Text,
  sanitizer: z.int().min(0),
  replacedBody: Text.nullable().meta({ description: 'What stood there before, while it is published' }),
  replacedHtml: Text.nullable(),
  verdicts: z.array(Verdict),
  createdAt: Time,
})

const HistoryEntry = z.object({
  id: Id,
  at: Time,
  actor: Text.meta({ description: 'The name of a person or a key; `author`; `system`' }),
  actorId: Text,
  action: Text.meta({ description: 'approve, reject, spam, hold, edit, delete, undo, ...' }),
  from: Text,
  to: Text,
  reason: Text.nullable(),
  version: z.int().min(0).meta({ description: "The comment's version after it" }),
  revisionId: Id.nullable(),
  batchId: Id.nullable().meta({ description: 'The same for all that was decided at once' }),
  via: Text.optional().meta({ description: '`mail` where it was done by a link in a mail' }),
})

const Report = z
  .object({ id: Id, reason: Text.nullable(), dismissed: z.boolean(), createdAt: Time })
  .meta({ description: "A reader's pointing at it; by whom is not in the file. Open are those that are not dismissed" })

/**
 * A comment with everything that was said and done about it. Never an IP address; `author.email` is there only when addresses were
 * asked for (null for an author without one).
 */
export const CommentRecord = z.object({
  id: Id,
  threadId: Id,
  url: Text.meta({ description: "The thread's" }),
  parentId: Id.nullable(),
  status: Status.meta({ description: 'removed: an erased comment whose place its replies need' }),
  version: z.int().min(1).meta({ description: 'Rises with every change' }),
  author: z.object({ name: Text, website: Text.nullable(), email: Text.nullable().optional() }),
  moderatorId: Text.nullable().meta({ description: 'The account of the moderator who wrote it' }),
  pageTitle: Text.nullable().meta({ description: "The article's title as the form told it" }),
  body: Text.meta({ description: 'As typed' }),
  html: Text.meta({ description: 'As shown' }),
  sanitizer: z.int().min(0).meta({ description: 'The version of the rules that made `html` of `body`' }),
  createdAt: Time,
  editedAt: Time.nullable(),
  verdicts: z.array(Verdict),
  reports: z.array(Report),
  revisions: z.array(Revision),
  history: z.array(HistoryEntry),
})
export type CommentRecord = z.output<typeof CommentRecord>

/**
 * What a comment was called where it was brought from, so that old links lead to it and the next import knows it. Of a comment that was
 * deleted too: so it does not come back.
 */
export const ExternalRecord = z.object({
  source: Text.min(1).meta({ description: 'The format that it was read by' }),
  origin: Text.meta({ description: 'The blog or forum that gave the name; empty where that is not known' }),
  name: Text.min(1),
  commentId: Id,
  hash: Text.meta({ description: 'Of status and text as they were read' }),
  version: z.int().min(0).meta({ description: "The comment's version as the import left it" }),
})
export type ExternalRecord = z.output<typeof ExternalRecord>

/** An address whose readers are led to another article. */
export const RedirectRecord = z.object({ from: Text.min(1), to: Text.min(1) })
export type RedirectRecord = z.output<typeof RedirectRecord>

/** The last record. A file without it was cut off. */
export const TrailerRecord = z.object({
  count: z.int().min(0).meta({ description: 'How many comments there are' }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'SHA-256 (hex) of every byte before this line' }),
})
export type TrailerRecord = z.output<typeof TrailerRecord>

/**
 * One line of an NDJSON export. Lines come in this order: the header, threads and then comments in the order of their ids; of a whole
 * history the earlier names of comments (by comment) and the redirects (by address); the trailer. A reader skips types that it does not know.
 *
 *     NdjsonLine.safeParse(JSON.parse(line)) // { success: true, data: { type: 'comment', id: '019c...', ... } }
 */
export const NdjsonLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), ...HeaderRecord.shape }).meta({ id: 'header' }),
  z.object({ type: z.literal('thread'), ...ThreadRecord.shape }).meta({ id: 'thread' }),
  z.object({ type: z.literal('comment'), ...CommentRecord.shape }).meta({ id: 'comment' }),
  z.object({ type: z.literal('external'), ...ExternalRecord.shape }).meta({ id: 'external' }),
  z.object({ type: z.literal('redirect'), ...RedirectRecord.shape }).meta({ id: 'redirect' }),
  z.object({ type: z.literal('trailer'), ...TrailerRecord.shape }).meta({ id: 'trailer' }),
])
export type NdjsonLine = z.output<typeof NdjsonLine>

/** The JSON Schema (2020-12) of one line. `id` is where it is served. */
export const ndjsonSchema = (id: string) => ({
  ...z.toJSONSchema(NdjsonLine, { target: 'draft-2020-12' }),
  $id: id,
  title: `A line of a Balas export, version ${VERSION}`,
})
