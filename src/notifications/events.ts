import type { Role } from '../access/policy.ts'
import type { Settings } from '../sites/settings.ts'

/**
 * Readers, as an event of a comment sees them: who wrote it, who wrote what it answers, and who wrote what stands further up in the
 * thread. They are told only of comments with which they asked for it, and only when the address was confirmed by whoever reads its
 * mails; `asker` alone is somebody who has not confirmed it yet.
 */
export type Reader = 'author' | 'answered' | 'above' | 'asker'

interface Telling {
  to: readonly (Role | Reader)[]
  /** The site's setting without which nobody is told. */
  setting?: keyof Settings
  /** Waits as long as the site gives its moderators to think again; what is undone meanwhile is told to nobody. */
  waits?: boolean
}

/**
 * Who is told what, by mail: every event, whom it is told to, and the site's setting that it hangs on. Nobody is ever told of a comment
 * in spam, and nobody but moderators of one that was not approved, unless its author is told that it was rejected. Each person is told
 * once of an event of a comment, and never of what they did themselves.
 */
export const EVENTS = {
  /** A new comment waits for a decision. */
  'comment.held': { to: ['owner', 'moderator'] },
  /** A changed text of a public comment waits; what was approved stays public meanwhile. */
  'edit.held': { to: ['owner', 'moderator'] },
  /** What waits and had no mail of its own (members/dispatch.ts). */
  'comments.digest': { to: ['owner', 'moderator'] },
  /** So much began to wait within minutes that mails pause. */
  'comments.attack': { to: ['owner', 'moderator'] },
  /** A week is over in which something happened (members/scheduled-mails.ts). */
  'site.weekly': { to: ['owner'] },
  /** Mails of the site failed for good. */
  'site.failing': { to: ['owner'] },

  /** A moderator let a comment through. One that the rules published at once was seen by its author at once. */
  'comment.approved': { to: ['author'], setting: 'tellReaders', waits: true },
  /** A moderator rejected it. */
  'comment.rejected': { to: ['author'], setting: 'tellRejected', waits: true },
  /** A comment became public below theirs. */
  'comment.replied': { to: ['answered', 'above'], setting: 'tellReaders', waits: true },
  /** A moderator answered theirs. */
  'comment.answered': { to: ['answered'], setting: 'tellReaders', waits: true },
  /**
   * Somebody typed an address that was not confirmed on this site yet, and asked for mails. It is told when the comment became public
   * and not before: whoever wants to bother others with our mails has to get past the moderators first.
   */
  'follow.asked': { to: ['asker'], setting: 'tellReaders', waits: true },
} as const satisfies Record<string, Telling>

type Kind = keyof typeof EVENTS
/** What moderators are told about. */
export type EventKind = { [K in Kind]: (typeof EVENTS)[K]['to'][number] extends Role ? K : never }[Kind]
/** What readers are told about. */
export type ReaderEvent = Exclude<Kind, EventKind>

const isReader = (who: string) => ['author', 'answered', 'above', 'asker'].includes(who)
const isKind = (kind: string): kind is Kind => Object.hasOwn(EVENTS, kind)

export const isEventKind = (kind: string): kind is EventKind => isKind(kind) && !EVENTS[kind].to.some(isReader)
export const isReaderEvent = (kind: string): kind is ReaderEvent => isKind(kind) && EVENTS[kind].to.some(isReader)
export const READER_EVENTS = Object.keys(EVENTS).filter(isReaderEvent)
