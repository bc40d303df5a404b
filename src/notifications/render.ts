import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { translator } from '../locales/index.ts'
import { createMailLink, type MailLinkAction } from './mail-links.ts'
import { maskEmail, networkOf, aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Render } from './attempt.ts'
import { isEventKind } from './events.ts'
import { mailToMember, type MemberMailContext, memberMailContext, recipientOf } from './members/mail-context.ts'
import { listenerOf } from './members/preference-store.ts'
import { subjectOf } from './outbox.ts'
import { reasonTexts } from './reasons.ts'
import { findHeldComment, type HeldComment } from './store.ts'
import { SUPPRESSED } from './suppressed.ts'
import { type HeldMail, renderHeld } from './templates.tsx'

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
    const { kind, siteId, userId, commentId } = delivery
    if (!isEventKind(kind)) return { suppressed: SUPPRESSED.unknownKind }
    const recipient = recipientOf(await listenerOf(db.read, { siteId, userId }), 'heldComments')
    if ('suppressed' in recipient) return recipient
    const { listener } = recipient
    const comment = commentId === null ? null : await findHeldComment({ client: db.read, commentId, revisionId: subjectOf(delivery) })
    if (!comment) return { suppressed: SUPPRESSED.gone }
    const waits = kind === 'edit.held' ? comment.revisions[0]?.state === 'waiting' : comment.status === 'pending'
    if (!waits) return { suppressed: SUPPRESSED.decided }

    const link = (action: MailLinkAction) =>
      createMailLink({ keys, publicUrl, action, commentId: comment.id, version: comment.version, userId, at: clock() })
    const links = { approve: link('approve'), reject: link('reject'), spam: link('spam') }
    const head = memberMailContext({
      site: comment.thread.site,
      listener,
      what: 'heldComments',
      thread: `thread.${siteId}.${comment.threadId}`, // all mails about one article stand together
      keys,
      publicUrl,
      mailDomain,
    })
    const written = renderHeld({ ...heldOf({ comment, keys, head }), links })
    return mailToMember({ delivery, listener, head, written })
  }
}

function heldOf({ comment, keys, head }: { comment: HeldComment; keys: Keys; head: MemberMailContext }): Omit<HeldMail, 'links'> {
  const { id, thread, name, website, emailSealed, ipSealed } = comment
  const { site } = thread
  const { locale, timeZone, choiceHref, stopHref } = head
  const revision = comment.revisions[0]
  const { body, html, createdAt, verdicts } = revision ?? comment
  return {
    site: { name: site.name, locale, timeZone },
    comment: {
      id,
      name,
      website,
      body,
      html,
      createdAt,
      maskedEmail: emailSealed && maskEmail(unseal({ keys, aad: aadOf('Comment.email', id), sealed: emailSealed })),
      networkLabel: ipSealed && networkOf(unseal({ keys, aad: aadOf('Comment.ip', id), sealed: ipSealed })),
    },
    article: { url: thread.url, title: thread.title ?? comment.pageTitle },
    reasons: reasonTexts({ verdicts, t: translator(locale) }),
    waiting: site.pendingCount,
    isEdit: revision !== undefined,
    foot: { choiceHref, stopHref },
    ...(revision && { before: { body: comment.body, html: comment.html } }),
  }
}
