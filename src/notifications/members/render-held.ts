import type { Clock } from '../../clock.ts'
import { textOf } from '../../markup/sanitize.ts'
import type { Database } from '../../database/connect.ts'
import { translator } from '../../locales/index.ts'
import { createMailLink, type MailLinkAction } from '../mail-links.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Render } from '../attempt.ts'
import { subjectOf } from '../outbox.ts'
import { reasonTexts } from '../reasons.ts'
import { SUPPRESSED } from '../suppressed.ts'
import { createCoverage, hearsAll } from './articles.ts'
import { attackMail } from './attack-mail.tsx'
import { digestMail, type DigestItem } from './digest-mail.tsx'
import { articlesWithWaiting, countIn, findSiteToTellOf, waitingIn, type WaitingComment } from './digest-store.ts'
import { mailToMember, memberMailContext, recipientOf } from './mail-context.ts'
import { lookAt } from './look.ts'
import { readRange } from './sending-state.ts'
import { listenersOf } from './preference-store.ts'

/** Comments that a digest names, and those of them that can be decided from it. */
const NAMED = 30
const DECIDABLE = 10

/**
 * Writes the mails that stand for many: a digest of what waits, and the alert during an attack, from what the database says at the
 * moment of sending. What was decided meanwhile is left out.
 */
export function createManyMails({
  db,
  keys,
  publicUrl,
  mailDomain,
  clock,
}: {
  db: Database
  keys: Keys
  publicUrl: string
  mailDomain: string
  clock: Clock
}): { digest: Render; attack: Render } {
  const about = async ({ siteId, userId }: { siteId: string; userId: string }, thread: string) => {
    const site = await findSiteToTellOf(db.read, siteId)
    if (!site) return { suppressed: SUPPRESSED.notAMember }
    const listeners = await listenersOf(db.read, siteId)
    const recipient = recipientOf(
      listeners.find((one) => one.userId === userId),
      'heldComments',
    )
    if ('suppressed' in recipient) return recipient
    const { listener } = recipient
    const head = memberMailContext({ site, listener, what: 'heldComments', thread: `${thread}.${siteId}`, keys, publicUrl, mailDomain })
    return { site, listeners, listener, head }
  }

  return {
    digest: async (delivery) => {
      const found = await about(delivery, 'digest')
      if ('suppressed' in found) return found
      const { site, listeners, listener, head } = found
      const { siteId } = delivery
      const coverage = createCoverage(listeners)
      const threadIds = hearsAll(listener)
        ? undefined
        : (await articlesWithWaiting(db.read, siteId)).filter(({ url }) => coverage.hears(listener, url)).map(({ id }) => id)
      const range = { siteId, ...readRange(subjectOf(delivery)), threadIds }
      const comments = await waitingIn(db.read, { ...range, take: NAMED })
      if (comments.length === 0) return { suppressed: SUPPRESSED.decided }
      const count = comments.length < NAMED ? comments.length : await countIn(db.read, range)
      const items = comments.map((comment, place) =>
        itemOf({ comment, locale: head.locale, userId: place < DECIDABLE ? listener.userId : null }),
      )
      const written = digestMail({ head, items, count, waiting: site.pendingCount })
      return mailToMember({ delivery, listener, head, written })
    },

    attack: async (delivery) => {
      const found = await about(delivery, 'attack')
      if ('suppressed' in found) return found
      const { site, listeners, listener, head } = found
      const look = await lookAt({ db, site, events: [], listeners, now: clock() })
      const { waiting } = look.waitingFor(listener)
      if (waiting === 0) return { suppressed: SUPPRESSED.decided }
      const written = attackMail({ head, waiting, limit: site.settings.attackComments })
      return mailToMember({ delivery, listener, head, written })
    },
  }

  function itemOf({ comment, locale, userId }: { comment: WaitingComment; locale: string; userId: string | null }): DigestItem {
    const { id, version, thread, name, pageTitle } = comment
    const revision = comment.revisions[0]
    const { html, createdAt, verdicts } = revision ?? comment
    const link = (action: MailLinkAction) =>
      createMailLink({ keys, publicUrl, action, commentId: id, version, userId: userId ?? '', at: clock() })
    return {
      author: name,
      article: { url: thread.url, title: thread.title ?? pageTitle },
      text: textOf(html),
      createdAt,
      isEdit: revision !== undefined,
      reasons: reasonTexts({ verdicts, t: translator(locale) }),
      ...(userId !== null && { links: { approve: link('approve'), reject: link('reject'), spam: link('spam') } }),
    }
  }
}
