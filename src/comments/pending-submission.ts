import type { Keys } from '../privacy/secret.ts'
import { blindIndex, emailIndex, networkIndex, aadOf, seal } from '../privacy/sealed.ts'
import type { Site } from '../sites/sites.ts'
import type { Submission as JudgedSubmission, Verdict } from '../spam/verdict.ts'
import { placeBelow, queueOf, type Status } from './comment.ts'
import { SANITIZER_POLICY } from '../markup/sanitize.ts'
import type { NewComment } from './store.ts'
import type { Submission } from './submission.ts'
import { fold } from '../markup/text.ts'

/** A valid reply on its way in, with all that can be computed before the database is asked. */
export interface PendingSubmission {
  id: string
  createdAt: Date
  site: Site
  /** The article's address as it is shown, and which thread it is (sites/article-url.ts). */
  url: string
  key: string
  submission: Submission
  html: string
  links: number
  ip: string | null
  emailIndex: string
  browserIndex: string | null
  networkIndex: string | null
  fingerprint: string
  /** The language in which the author would be told of replies. */
  locale: string
  /** The limiter could not count it, so it is held whatever the rules say. */
  uncounted: boolean
  /** Where its answer is kept for a retry, and what the request was. */
  idempotency: { id: string; request: string } | null
}

/** Two submissions have the same fingerprint when thread, author and text are the same. */
export const fingerprintOf = ({
  keys,
  siteId,
  key,
  email,
  body,
}: {
  keys: Keys
  siteId: string
  key: string
  email: string
  body: string
}) => blindIndex({ keys, kind: 'fingerprint', value: [siteId, key, email.toLowerCase(), body].join('\0') })

export const indexesOf = ({
  keys,
  siteId,
  email,
  browser,
  ip,
}: {
  keys: Keys
  siteId: string
  email: string
  browser: string | null
  ip: string | null
}) => ({
  emailIndex: emailIndex(keys, email),
  browserIndex: browser === null ? null : blindIndex({ keys, kind: 'browser', value: `${siteId}\0${browser}` }),
  networkIndex: ip === null ? null : networkIndex(keys, ip),
})

/** What the checks look at. */
export const judgedSubmission = ({
  pendingSubmission: { submission, url, html, links },
  authorIsKnown,
}: {
  pendingSubmission: PendingSubmission
  authorIsKnown: boolean
}): JudgedSubmission => ({
  name: submission.name,
  email: submission.email,
  website: submission.website ?? null,
  title: submission.title ?? null,
  url,
  body: submission.body,
  html,
  links,
  honeypot: submission.message_topic ?? '',
  authorIsKnown,
  isEdit: false,
})

/** The row that a pending submission becomes. */
export function toRow({
  pendingSubmission,
  keys,
  threadId,
  parent,
  status,
  verdicts,
}: {
  pendingSubmission: PendingSubmission
  keys: Keys
  threadId: string
  parent: { rootId: string; depth: number; path: string } | null
  status: Status
  verdicts: Verdict[]
}): NewComment {
  const { id, createdAt, site, submission, ip } = pendingSubmission
  return {
    id,
    siteId: site.id,
    threadId,
    parentId: submission.parentId ?? null,
    ...placeBelow({ id, parent }),
    status,
    queue: queueOf({ status, hasRevision: false }),
    shown: status === 'approved',
    name: submission.name,
    emailSealed: seal({ keys, aad: aadOf('Comment.email', id), value: submission.email }),
    emailIndex: pendingSubmission.emailIndex,
    website: submission.website ?? null,
    ipSealed: ip === null ? null : seal({ keys, aad: aadOf('Comment.ip', id), value: ip }),
    networkIndex: pendingSubmission.networkIndex,
    browserIndex: pendingSubmission.browserIndex,
    pageTitle: submission.title ?? null,
    body: submission.body,
    html: pendingSubmission.html,
    sanitizer: SANITIZER_POLICY,
    folded: fold(`${submission.name}\n${submission.body}`),
    verdicts: verdicts as object[],
    fingerprint: pendingSubmission.fingerprint,
    follows: submission.followReplies && site.settings.tellReaders ? pendingSubmission.locale : null,
    createdAt,
  }
}
