import type { Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { aadOf, seal, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { ReaderMail } from './readers.ts'
import { keepSubscription } from './reader-store.ts'
import { stoppedAmong } from './stop-store.ts'

/**
 * Keeps the addresses of those who asked for mails and have not confirmed, each once a site, and gives the wishes with them. One who
 * wanted none from this server any more is left alone.
 */
export async function askReaders(
  tx: Transaction,
  { keys, at, wishes }: { keys: Keys; at: Date; wishes: ReaderMail[] },
): Promise<(ReaderMail & { readerId: string })[]> {
  const stopped = await stoppedAmong(
    tx,
    wishes.map(({ emailIndex }) => emailIndex),
  )
  const asked: (ReaderMail & { readerId: string })[] = []
  for (const wish of wishes.toSorted((a, b) => (a.emailIndex < b.emailIndex ? -1 : 1))) {
    const { id: commentId, siteId, emailSealed, follows } = wish.comment
    if (!emailSealed || !follows || stopped.has(wish.emailIndex)) continue
    const id = newId(at)
    const email = unseal({ keys, aad: aadOf('Comment.email', commentId), sealed: emailSealed })
    const kept = await keepSubscription(tx, {
      id,
      siteId,
      emailIndex: wish.emailIndex,
      emailSealed: seal({ keys, aad: aadOf('Subscription.email', id), value: email }),
      state: 'pending',
      locale: follows,
      createdAt: at,
      askedAt: at,
    })
    asked.push({ ...wish, readerId: kept.id })
  }
  return asked
}
