import { z } from 'zod'
import { presentComment, PublicComment } from '../comments/present.ts'
import { maskEmail, networkOf, aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Site } from '../sites/sites.ts'
import { textOf } from '../markup/sanitize.ts'
import { isDisguised } from '../spam/disguise.ts'
import { read } from '../spam/reading/reading.ts'
import { codeOf } from '../spam/codes.ts'
import { COUNTED } from './range-store.ts'
import type { QueuedRow, waitingRevisions } from './store.ts'

const Verdict = z.object({
  check: z.string(),
  outcome: z.string(),
  code: z.string().meta({ description: 'What was found, by a name that stays; `unknown` for what only another version knows' }),
  reason: z.string(),
  facts: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .meta({ description: 'The same facts by name, for a sentence in another language' }),
})

const AuthorRecord = z.object({ approved: z.int(), rejected: z.int(), spam: z.int(), pending: z.int() }).meta({
  id: 'AuthorRecord',
  description: `How the newest ${COUNTED} comments of this e-mail address on this site stand, this one included`,
})

/** A comment as its moderators see it. */
export const ModeratedComment = PublicComment.extend({
  author: PublicComment.shape.author.extend({
    email: z.string().nullable().meta({ description: 'Whole for owners, masked for moderators; null for a moderator’s own reply' }),
  }),
  status: z.enum(['pending', 'approved', 'rejected', 'spam']),
  version: z.int(),
  site: z.string(),
  thread: z.object({ url: z.string(), title: z.string().nullable() }),
  ip: z.string().nullable().meta({ description: 'The network part: IPv4 /24, IPv6 /56' }),
  body: z.string().meta({ description: 'As typed' }),
  verdicts: z.array(Verdict),
  authorRecord: AuthorRecord.nullable().meta({ description: 'Null for a moderator’s own reply, which has no e-mail address' }),
  reads: z.string().nullable().meta({ description: 'The text as a person reads it, where letters are disguised' }),
  reports: z.int().meta({ description: 'How many readers pointed at it; of those that no moderator has dismissed' }),
  edit: z.object({ body: z.string(), html: z.string(), at: z.iso.datetime() }).nullable().meta({ description: 'A revision that waits' }),
}).meta({ id: 'ModeratedComment' })
export type ModeratedComment = z.output<typeof ModeratedComment>

export const HistoryEntry = z
  .object({
    at: z.iso.datetime(),
    actor: z.string(),
    action: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    reason: z.string().nullable(),
    via: z.enum(['page', 'api', 'mail']).nullable().meta({ description: 'From where a moderator did it; null for anybody else' }),
  })
  .meta({ id: 'HistoryEntry' })

export const ReportedFor = z
  .object({ reason: z.string().nullable().meta({ description: "The reader's words" }), at: z.iso.datetime() })
  .meta({ id: 'ReportedFor' })

type Revision = NonNullable<ReturnType<Awaited<ReturnType<typeof waitingRevisions>>['get']>>

export function presentModerated({
  row,
  site,
  revision,
  authorRecord = null,
  keys,
  seesEmails,
}: {
  row: QueuedRow
  site: Site
  revision: Revision | undefined
  authorRecord?: z.output<typeof AuthorRecord> | null | undefined
  keys: Keys
  seesEmails: boolean
}): ModeratedComment {
  const shown = presentComment(row, site)
  const email = row.emailSealed && unseal({ keys, aad: aadOf('Comment.email', row.id), sealed: row.emailSealed })
  const ip = row.ipSealed && unseal({ keys, aad: aadOf('Comment.ip', row.id), sealed: row.ipSealed })
  return {
    ...shown,
    author: { ...shown.author, email: email && !seesEmails ? maskEmail(email) : email },
    status: row.status as ModeratedComment['status'],
    version: row.version,
    site: site.key,
    thread: { url: row.thread.url, title: titleOf(row) },
    ip: ip && networkOf(ip),
    body: row.body,
    verdicts: row.verdicts.map((verdict) => ({
      check: verdict.check,
      outcome: verdict.outcome,
      code: verdict.code ?? codeOf(verdict),
      reason: verdict.reason,
      ...(verdict.facts && { facts: verdict.facts }),
    })),
    authorRecord,
    reads: readingOf(row.html),
    reports: row.reports,
    edit: revision ? { body: revision.body, html: revision.html, at: revision.createdAt.toISOString() } : null,
  }
}

/** The text as a person reads it; null where it stands so already. */
function readingOf(html: string): string | null {
  const text = textOf(html)
  return isDisguised(text) ? read(text).text : null
}

/** The article's title; for a comment that is not public the one that it tells itself, since approving it would publish that. */
export const titleOf = ({ status, pageTitle, thread }: Pick<QueuedRow, 'status' | 'pageTitle' | 'thread'>): string | null =>
  status === 'approved' ? (thread.title ?? pageTitle) : (pageTitle ?? thread.title)
