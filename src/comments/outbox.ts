import type { Transaction } from '../database/connect.ts'

/** Something that waits for moderators from now on. */
export interface HeldEvent {
  kind: 'comment.held' | 'edit.held'
  siteId: string
  commentId: string
  /** What waits: the comment itself, or the revision of it. */
  subjectId: string
}

/** A comment as far as it matters to whom its changes are told. */
export interface MovedComment {
  id: string
  siteId: string
  threadId: string
  parentId?: string | null | undefined
  path: string
  emailSealed?: string | null | undefined
  emailIndex?: string | null | undefined
  follows?: string | null | undefined
  moderatorId?: string | null | undefined
}

/** What became of a comment. */
export interface Move {
  comment: MovedComment
  /** Null for one that has just come in. */
  from: string | null
  /** Null for one that is gone. */
  to: string | null
}

/** Where what happens to comments is put to be told, within the transaction in which it happens (notifications/announce.ts). */
export interface Outbox {
  /** Says that something began to wait, all on one site. */
  announceHeld: (tx: Transaction, events: HeldEvent[]) => Promise<void>
  /** Tells readers and webhooks that are to hear of what became of comments, and takes back what was about to be told of what is no longer so. */
  moved: (tx: Transaction, moves: Move[]) => Promise<void>
  /** Call after the commit: sending begins at once. */
  wake: () => void
}

/** What tells readers of changes. */
export type Teller = Pick<Outbox, 'moved'>
