import type { Clock } from '../clock.ts'
import type { Move, MovedComment } from '../comments/outbox.ts'
import { idsInPath } from '../comments/path.ts'
import type { Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { emailIndex as indexOf } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Settings } from '../sites/settings.ts'
import { EVENTS, type ReaderEvent } from './events.ts'
import { dedupeKey } from './outbox.ts'
import { SUPPRESSED } from './suppressed.ts'
import { askReaders } from './asking.ts'
import { type Followed, findFollowed, findSettings, findSubscriptions, putOnce, takeBack } from './reader-store.ts'
import { emailsOf } from './ledger-store.ts'

/** An event of a comment that a reader is to hear of, by the address's index. */
export interface ReaderMail {
  kind: ReaderEvent
  comment: MovedComment
  emailIndex: string
}

export type TellReaders = (tx: Transaction, moves: Move[]) => Promise<void>

/**
 * Puts mails to readers into the outbox, in the transaction of what they tell of. Comments of which nobody asked to be told cost
 * nothing; a reply that becomes public costs a look at what stands above it.
 */
export function createReaderNews({ keys, clock, mailDomain }: { keys: Keys; clock: Clock; mailDomain: string }): TellReaders {
  return async (tx, moves) => {
    await takeBack(tx, { commentIds: moves.filter(isTakenBack).map(idOf), all: false, outcome: SUPPRESSED.takenBack })
    await takeBack(tx, { commentIds: moves.filter(({ to }) => to === null).map(idOf), all: true, outcome: SUPPRESSED.gone })
    const wishes = [...moves.flatMap(wishesOfAuthor), ...(await wishesOfThoseAbove(tx, { keys, moves }))]
    if (wishes.length === 0) return
    const settingsIn = await findSettings(tx, [...new Set(wishes.map(({ comment }) => comment.siteId))])
    const on = wishes.filter(({ kind, comment }) => isOn(kind, settingsIn(comment.siteId)))
    const at = clock()
    const readers = await findSubscriptions(tx, on)
    const confirmed = on.flatMap((wish) => {
      const reader = readers.get(readerKey(wish))
      return wish.kind !== 'follow.asked' && reader?.state === 'confirmed' ? [{ ...wish, readerId: reader.id }] : []
    })
    const asking = on.filter((wish) => wish.kind === 'follow.asked' && (readers.get(readerKey(wish))?.state ?? 'pending') === 'pending')
    const asked = asking.length === 0 ? [] : await askReaders(tx, { keys, at, wishes: asking })
    await putOnce(
      tx,
      [...confirmed, ...asked].map(({ kind, comment: { id: commentId, siteId }, readerId }) => {
        const id = newId(at)
        const waitMs = EVENTS[kind].waits ? settingsIn(siteId).tellReadersAfterSeconds * 1000 : 0
        return {
          id,
          siteId,
          kind,
          commentId,
          userId: '',
          readerId,
          dedupe: dedupeKey({ kind, subjectId: commentId, userId: readerId }),
          messageId: `<${id}@${mailDomain}>`,
          state: 'queued',
          nextAt: new Date(at.getTime() + waitMs),
          createdAt: at,
        }
      }),
    )
  }
}

export const readerKey = ({ comment, emailIndex }: Pick<ReaderMail, 'comment' | 'emailIndex'>) => `${comment.siteId} ${emailIndex}`

const idOf = ({ comment }: Move) => comment.id
const isTakenBack = ({ from, to }: Move) => to !== null && (from === 'approved' || from === 'rejected')
const isOn = (kind: ReaderEvent, settings: Settings) => settings[EVENTS[kind].setting]

/** What an author who asked for it hears of the comment itself. A rejection is told of what waited or was public, never of spam. */
function wishesOfAuthor({ comment, from, to }: Move): ReaderMail[] {
  const { emailIndex, follows } = comment
  if (!emailIndex || !follows) return []
  const wish = (kind: ReaderEvent): ReaderMail => ({ kind, comment, emailIndex })
  if (to === 'approved') return [wish('follow.asked'), ...(from === null ? [] : [wish('comment.approved')])]
  return to === 'rejected' && (from === 'pending' || from === 'approved') ? [wish('comment.rejected')] : []
}

/** What those hear of replies who wrote above them: each person once of a reply, and nobody of their own. */
async function wishesOfThoseAbove(tx: Transaction, { keys, moves }: { keys: Keys; moves: Move[] }): Promise<ReaderMail[]> {
  const replies = moves.flatMap(({ comment, to }) => (to === 'approved' && comment.parentId ? [comment] : []))
  if (replies.length === 0) return []
  const followed = await findFollowed(tx, [...new Set(replies.flatMap(idsAbove))])
  if (followed.size === 0) return []
  const moderators = replies.flatMap(({ moderatorId }) => moderatorId ?? [])
  const emails = moderators.length === 0 ? new Map<string, string>() : await emailsOf(tx, moderators)
  return replies.flatMap((reply) => {
    const own = reply.moderatorId ? emails.get(reply.moderatorId) : undefined
    const heard = new Set([reply.emailIndex, own && indexOf(keys, own)])
    return idsAbove(reply).flatMap((id): ReaderMail[] => {
      const above: Followed | undefined = followed.get(id)
      if (!above || heard.has(above.emailIndex)) return []
      heard.add(above.emailIndex)
      const isAnswer = reply.moderatorId && id === reply.parentId
      return [{ kind: isAnswer ? 'comment.answered' : 'comment.replied', comment: reply, emailIndex: above.emailIndex }]
    })
  })
}

/** The comments that a reply stands below, as far as its path tells them, the one that it answers first. */
export function idsAbove({ id, parentId, path }: Pick<MovedComment, 'id' | 'parentId' | 'path'>): string[] {
  const above = idsInPath(path).filter((each) => each !== id)
  return [...new Set([parentId ?? '', ...above.toReversed()])].filter((each) => each !== '')
}
