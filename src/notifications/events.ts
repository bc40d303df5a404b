import type { Role } from '../moderation/policy.ts'

/** What people are told about, by mail. */
export type EventKind = keyof typeof AUDIENCE

/** Who hears of what, by role on the site. Nobody is ever told of a comment in spam or a rejected one. */
export const AUDIENCE = {
  /** A new comment waits for a decision. */
  'comment.held': ['owner', 'moderator'],
  /** A changed text of a public comment waits; what was approved stays public meanwhile. */
  'edit.held': ['owner', 'moderator'],
} as const satisfies Record<string, readonly Role[]>

export const isEventKind = (kind: string): kind is EventKind => Object.hasOwn(AUDIENCE, kind)
