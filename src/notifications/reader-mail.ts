import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { listHeaders } from '../mail/headers.ts'
import { aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { countMail, MOST_A_DAY } from './allowance-store.ts'
import type { Render } from './attempt.ts'
import { EVENTS, isReaderEvent, READER_EVENTS, type ReaderEvent } from './events.ts'
import { createReaderLink } from './reader-links.ts'
import { findReader, findReaderComment, findFollowedBy, type ReaderComment, type SubscriptionRow } from './reader-store.ts'
import { renderReader } from './reader-templates.tsx'
import { idsAbove } from './readers.ts'
import type { DueDelivery } from './store.ts'
import { stopsOf } from './stop-store.ts'
import { SUPPRESSED } from './suppressed.ts'

/**
 * Writes a mail to a reader at the moment of sending, and looks once more whether there is anything to tell: that the comment stands
 * where it stood, that the reader confirmed the address and still wants to hear of it, and has not been sent too many mails.
 */
export function createReaderMail({
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
}): Record<ReaderEvent, Render> {
  const write: Render = async (delivery) => {
    const { kind, commentId, readerId, messageId } = delivery
    if (!isReaderEvent(kind)) return { suppressed: SUPPRESSED.unknownKind }
    const reader = readerId === null ? null : await findReader(db.read, readerId)
    if (!reader) return { suppressed: SUPPRESSED.readerGone }
    const comment = commentId === null ? null : await findReaderComment(db.read, commentId)
    if (!comment) return { suppressed: SUPPRESSED.gone }
    const against = await reasonAgainst({ kind, comment, reader })
    if (against) return { suppressed: against }
    const own = await ownComment({ kind, comment, reader })
    if (!own) return { suppressed: SUPPRESSED.notFollowing }
    const counted = await countMail(db, {
      deliveryId: delivery.id,
      emailIndex: reader.emailIndex,
      asks: kind === 'follow.asked',
      now: clock(),
    })
    if ('refused' in counted) return { suppressed: counted.refused }

    const { site } = comment.thread
    const link = (purpose: 'confirm' | 'stop') =>
      createReaderLink({ keys, publicUrl, purpose, readerId: reader.id, threadId: comment.threadId })
    const written = renderReader({
      kind,
      site: { name: site.name, locale: reader.locale, timeZone: site.settings.timeZone },
      article: { url: comment.thread.url, title: comment.thread.title },
      comment,
      own: own.id === comment.id ? null : own,
      isDirect: own.id === comment.parentId,
      isLastToday: counted.nth === MOST_A_DAY,
      links: { confirm: link('confirm'), stop: link('stop') },
    })
    const to = unseal({ keys, aad: aadOf('Subscription.email', reader.id), sealed: reader.emailSealed })
    return { mail: { to, messageId, ...written, headers: headersOf({ delivery, comment, own, stop: link('stop') }) } }
  }
  return Object.fromEntries(READER_EVENTS.map((each) => [each, write])) as Record<ReaderEvent, Render>

  async function reasonAgainst({ kind, comment, reader }: About): Promise<string | null> {
    if (!comment.thread.site.settings[EVENTS[kind].setting]) return SUPPRESSED.switchedOff
    if (comment.status !== (kind === 'comment.rejected' ? 'rejected' : 'approved')) return SUPPRESSED.takenBack
    if (reader.state === 'stopped') return SUPPRESSED.stopped
    const [stop] = await stopsOf(db.read, { emailIndex: reader.emailIndex, threadId: comment.threadId })
    if (stop) return stop.reason === 'bounced' ? SUPPRESSED.bounced : SUPPRESSED.stopped
    if (kind === 'follow.asked') return reader.state === 'confirmed' ? SUPPRESSED.confirmed : null
    return reader.state === 'confirmed' ? null : SUPPRESSED.unconfirmed
  }

  /** The comment with which the reader asked for this mail: the one that it is about, or the nearest above it. */
  async function ownComment({ kind, comment, reader }: About): Promise<OwnComment | null> {
    const { emailIndex } = reader
    if (isAbout(kind)) return comment.follows !== null && comment.emailIndex === emailIndex ? comment : null
    const ids = idsAbove(comment)
    const followed = await findFollowedBy(db.read, { ids, emailIndex })
    return followed.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))[0] ?? null
  }

  /** All that is about one's comment stands together, whatever it answers. */
  function headersOf({ delivery, comment, own, stop }: { delivery: DueDelivery; comment: ReaderComment; own: OwnComment; stop: string }) {
    const root = `<comment.${own.id}@${mailDomain}>`
    return {
      ...listHeaders({ siteKey: comment.thread.site.key, list: 'replies', mailDomain, stopHref: stop }),
      'In-Reply-To': root,
      References: `<thread.${delivery.siteId}.${comment.threadId}@${mailDomain}> ${root}`,
    }
  }
}

interface About {
  kind: ReaderEvent
  comment: ReaderComment
  reader: SubscriptionRow
}

type OwnComment = Awaited<ReturnType<typeof findFollowedBy>>[number]

/** Whether an event is about the reader's own comment, not one below it. */
const isAbout = (kind: ReaderEvent) => EVENTS[kind].to.some((who) => who === 'author' || who === 'asker')
