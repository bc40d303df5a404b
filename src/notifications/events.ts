import type { Role } from '../moderation/policy.ts'

/** What people are told about, by mail. */
export type EventKind = keyof typeof AUDIENCE

/** Who hears of what, by role on the site. Nobody is ever told of a comment in spam or a rejected one. */
export const AUDIENCE = {
  /** A new comment waits for a decision. */
  'comment.held': ['owner', 'moderator'],
  /** A changed text of a public comment waits; what was approved stays public meanwhile. */
  'edit.held': ['owner', 'moderator'],
  /** What waits and had no mail of its own (members/rounds.ts). */
  'comments.digest': ['owner', 'moderator'],
  /** So much began to wait within minutes that mails pause. */
  'comments.attack': ['owner', 'moderator'],
  /** A week is over in which something happened (members/occasions.ts). */
  'site.weekly': ['owner'],
  /** Mails of the site failed for good. */
  'site.failing': ['owner'],
} as const satisfies Record<string, readonly Role[]>

export const isEventKind = (kind: string): kind is EventKind => Object.hasOwn(AUDIENCE, kind)
