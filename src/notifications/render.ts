import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { translator } from '../locales/index.ts'
import { createMailLink, type MailLinkAction } from '../moderation/mail-links.ts'
import { maskEmail, networkOf, place, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { settingsOf } from '../sites/settings.ts'
import type { Verdict } from '../spam/verdict.ts'
import type { Render } from './attempt.ts'
import { isEventKind } from './events.ts'
import { subjectOf } from './outbox.ts'
import { reasonTexts } from './reasons.ts'
import { type DueDelivery, findHeldComment, findRecipient, type HeldComment } from './store.ts'
import { type HeldMail, renderHeld } from './templates.tsx'

/** Why a mail is not sent, as the outbox keeps it. */
export const SUPPRESSED = {
  unknownKind: 'this version knows no such event',
  notAMember: 'the recipient is no longer a moderator of the site',
  gone: 'the comment is gone',
  decided: 'it was decided before the mail was sent',
} as const

/**
 * Writes the mail of a delivery at the moment of sending, from what the database says then: nobody is told of what was decided
 * meanwhile, or of what is no longer theirs to decide.
 */
export function createRender({
  db,
  keys,
  publicUrl,
  mailDomain,
  clock,
}: {
  db: Database
  keys: Keys
  publicUrl: string
  /** The domain of our sender's address, as in the deliveries' Message-IDs. */
  mailDomain: string
  clock: Clock
}): Render {
  return async (delivery) => {
    const { kind, siteId, userId, commentId, messageId } = delivery
    if (!isEventKind(kind)) return { suppressed: SUPPRESSED.unknownKind }
    const recipient = await findRecipient({ client: db.read, kind, siteId, userId })
    if (!recipient) return { suppressed: SUPPRESSED.notAMember }
    const comment = commentId === null ? null : await findHeldComment({ client: db.read, commentId, revisionId: subjectOf(delivery) })
    if (!comment) return { suppressed: SUPPRESSED.gone }
    const waits = kind === 'edit.held' ? comment.revisions[0]?.state === 'waiting' : comment.status === 'pending'
    if (!waits) return { suppressed: SUPPRESSED.decided }

    const link = (action: MailLinkAction) =>
      createMailLink({ keys, publicUrl, action, commentId: comment.id, version: comment.version, userId, at: clock() })
    const links = { approve: link('approve'), reject: link('reject'), spam: link('spam') }
    const written = renderHeld({ ...heldOf({ comment, keys }), links })
    return { mail: { to: recipient.email, messageId, ...written, headers: headersOf({ delivery, comment, mailDomain }) } }
  }
}

function heldOf({ comment, keys }: { comment: HeldComment; keys: Keys }): Omit<HeldMail, 'links'> {
  const { id, thread, name, website, emailSealed, ipSealed } = comment
  const { site } = thread
  const revision = comment.revisions[0]
  const { body, html, createdAt, verdicts } = revision ?? comment
  return {
    site: { name: site.name, locale: site.locale, timeZone: settingsOf(site.settings).timeZone },
    comment: {
      id,
      name,
      website,
      body,
      html,
      createdAt,
      maskedEmail: emailSealed && maskEmail(unseal({ keys, place: place('Comment.email', id), sealed: emailSealed })),
      networkLabel: ipSealed && networkOf(unseal({ keys, place: place('Comment.ip', id), sealed: ipSealed })),
    },
    article: { url: thread.url, title: thread.title ?? comment.pageTitle },
    reasons: reasonTexts({ verdicts: verdicts as unknown as Verdict[], t: translator(site.locale) }),
    waiting: site.pendingCount,
    isEdit: revision !== undefined,
    ...(revision && { before: { body: comment.body, html: comment.html } }),
  }
}

/**
 * Made by a program, so that no absence notice answers (RFC 3834, section 5); a list for each site, to filter by (RFC 2919);
 * and all mails about one article stand together.
 */
function headersOf({
  delivery,
  comment,
  mailDomain,
}: {
  delivery: DueDelivery
  comment: HeldComment
  mailDomain: string
}): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'List-Id': `<${comment.thread.site.key.replace(/[^\w-]+/g, '-')}.comments.${mailDomain}>`,
    References: `<thread.${delivery.siteId}.${comment.threadId}@${mailDomain}>`,
  }
}
