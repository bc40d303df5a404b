import type { HeldEvent } from '../comments/outbox.ts'
import { newId } from '../ids.ts'
import type { EventKind } from './events.ts'

/** A row of the outbox as it begins. It holds ids only: the mail is written when it is sent. */
export interface NewDelivery {
  id: string
  siteId: string
  kind: EventKind
  commentId: string
  userId: string
  dedupe: string
  messageId: string
  state: 'queued'
  nextAt: Date
  createdAt: Date
}

/**
 * The outbox rows that tell the recipients of an event, one for each person, for `createMany` in the transaction in which it
 * happens. The Message-ID is fixed here, so that a mail sent again after a crash can be told from a second mail.
 */
export function heldDeliveries({
  event,
  recipients,
  at,
  mailDomain,
}: {
  event: HeldEvent
  recipients: { userId: string }[]
  at: Date
  /** The domain of our sender's address: `mailDomain(config.mailFrom)`. */
  mailDomain: string
}): NewDelivery[] {
  const { kind, siteId, commentId, subjectId } = event
  const userIds = new Set(recipients.map(({ userId }) => userId))
  return [...userIds].map((userId) => {
    const id = newId(at)
    const dedupe = dedupeKey({ kind, subjectId, userId })
    return { id, siteId, kind, commentId, userId, dedupe, messageId: `<${id}@${mailDomain}>`, state: 'queued', nextAt: at, createdAt: at }
  })
}

/** Something about one person alone, such as that they became a member; who they are told by writes the mail. */
export interface PersonalEvent {
  kind: string
  siteId: string
  subjectId: string
  /** Absent for somebody without an account. */
  userId?: string
  /** Which mail about the subject this is: the same one is put into the outbox once. */
  turn: string
}

/** The outbox row of such an event. */
export function personalDelivery({ event, at, mailDomain }: { event: PersonalEvent; at: Date; mailDomain: string }) {
  const { kind, siteId, subjectId, userId = '', turn } = event
  const id = newId(at)
  const dedupe = dedupeKey({ kind, subjectId, userId: turn })
  return { id, siteId, kind, userId, dedupe, messageId: `<${id}@${mailDomain}>`, state: 'queued', nextAt: at, createdAt: at }
}

export const dedupeKey = ({ kind, subjectId, userId }: { kind: string; subjectId: string; userId: string }) =>
  `${kind}:${subjectId}:${userId}`

/** The comment, revision, or other row that a delivery is about. */
export const subjectOf = ({ dedupe }: { dedupe: string }) => dedupe.split(':')[1] ?? ''

/** Which mail about its subject a delivery is. */
export const turnOf = ({ dedupe }: { dedupe: string }) => dedupe.split(':')[2] ?? ''
