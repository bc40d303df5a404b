import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { TellHooks } from '../notifications/announce.ts'
import { hookEventOf } from './events.ts'
import { createKnownHooks } from './known-hooks.ts'
import type { HookEvent } from './names.ts'
import { insertCalls } from './store.ts'

/** Something that webhooks of the comment's site may want to hear. */
interface Notice {
  siteId: string
  commentId: string
  event: HookEvent
}

/** Puts calls into the webhooks' outbox, in the transaction of what they tell of. A site without webhooks costs nothing. */
export function createHookOutbox({ db, clock }: { db: Database; clock: Clock }): TellHooks {
  const known = createKnownHooks({ db })

  const announce = async (tx: Transaction, notices: Notice[]) => {
    const at = clock()
    const calls = []
    for (const { siteId, commentId, event } of notices) {
      for (const hook of await known.of(tx, siteId)) {
        if (!hook.events.includes(event)) continue
        calls.push({ id: newId(at), webhookId: hook.id, siteId, event, commentId, state: 'queued', nextAt: at, createdAt: at })
      }
    }
    if (calls.length > 0) await insertCalls(tx, calls)
  }

  return {
    // That a comment came in to wait is one of its moves already.
    held: (tx, events) =>
      announce(
        tx,
        events.filter(({ kind }) => kind === 'edit.held').map(({ siteId, commentId }) => ({ siteId, commentId, event: 'edit.held' })),
      ),
    moved: (tx, moves) =>
      announce(
        tx,
        moves.flatMap(({ comment: { siteId, id }, from, to }) => {
          const event = hookEventOf({ from, to })
          return event === null ? [] : [{ siteId, commentId: id, event }]
        }),
      ),
  }
}
