import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict, InvalidFields, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import { aadOf, seal, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { TEST_EVENT } from './events.ts'
import type { Hook, HookCall, HookChange, NewHook } from './hook.ts'
import { newSecret } from './sign.ts'
import {
  type CallRow,
  callsOf,
  deleteHook,
  findCall,
  findHook,
  forgetCalls,
  type HookRow,
  hooksOf,
  insertCalls,
  insertHook,
  requeue,
  updateHook,
} from './store.ts'

const MOST_HOOKS = 20
/** How long calls are signed with the old secret too, after a new one was made. */
const OVERLAP_MS = 86_400_000
/** How long the ledger keeps a call that has ended. */
const KEPT_MS = 30 * 86_400_000
const ID = /^[0-9a-f-]{36}$/

export type Webhooks = ReturnType<typeof createWebhooks>

/** The webhooks of sites: who is called, with which secret, and what became of the calls. */
export function createWebhooks({ db, keys, clock, wake }: { db: Database; keys: Keys; clock: Clock; wake: () => void }) {
  const found = async (client: Database['read'] | Transaction, { siteId, id }: { siteId: string; id: string }) => {
    const row = ID.test(id) ? await findHook(client, { siteId, id }) : null
    if (!row) throw NotFound('This site has no such webhook.')
    return row
  }
  const sealed = (column: 'Webhook.url' | 'Webhook.secret', id: string, value: string) => seal({ keys, aad: aadOf(column, id), value })
  const present = (row: HookRow): z.output<typeof Hook> => ({
    id: row.id,
    name: row.name,
    format: row.format as z.output<typeof Hook>['format'],
    address: new URL(unseal({ keys, aad: aadOf('Webhook.url', row.id), sealed: row.urlSealed })).origin,
    chat: row.chat,
    events: row.events,
    active: row.active,
    pausedBecause: row.pausedBecause,
    createdAt: row.createdAt.toISOString(),
  })

  return {
    list: async (siteId: string) => (await hooksOf(db.read, siteId)).map(present),

    /** Makes a webhook; its secret is given this once. @throws Conflict when the site has twenty already */
    async create({ siteId, wish }: { siteId: string; wish: NewHook }) {
      const { name, format, url, chat, events } = wish
      const createdAt = clock()
      const id = newId(createdAt)
      const secret = newSecret()
      const row = await db.write(async (tx) => {
        if ((await hooksOf(tx, siteId)).length >= MOST_HOOKS) throw Conflict(`A site has at most ${MOST_HOOKS} webhooks.`)
        const urlSealed = sealed('Webhook.url', id, url)
        const secretSealed = sealed('Webhook.secret', id, secret)
        const made = await insertHook(tx, { id, siteId, name, format, urlSealed, chat: chat ?? null, events, secretSealed, createdAt })
        await db.changes.announce(tx, { siteId, inner: 'webhooks' })
        return made
      })
      return { webhook: present(row), secret }
    },

    /** Changes what is named; switched on again, it goes on with what waits. @throws NotFound */
    async change({ siteId, id, change }: { siteId: string; id: string; change: HookChange }) {
      const { name, url, chat, events, active } = change
      const row = await db.write(async (tx) => {
        const before = await found(tx, { siteId, id })
        if (chat !== undefined && before.format !== 'telegram')
          throw InvalidFields(undefined, { errors: [{ field: 'chat', message: 'is for Telegram alone' }] })
        const data = {
          ...(name !== undefined && { name }),
          ...(url !== undefined && { urlSealed: sealed('Webhook.url', id, url) }),
          ...(chat !== undefined && { chat }),
          ...(events !== undefined && { events }),
          ...(active !== undefined && { active, pausedBecause: null }),
        }
        const after = await updateHook(tx, { id, data })
        await db.changes.announce(tx, { siteId, inner: 'webhooks' })
        return after
      })
      wake()
      return present(row)
    },

    /** Takes a webhook away, with its calls. @throws NotFound */
    async remove({ siteId, id }: { siteId: string; id: string }) {
      await db.write(async (tx) => {
        await found(tx, { siteId, id })
        await deleteHook(tx, id)
        await db.changes.announce(tx, { siteId, inner: 'webhooks' })
      })
    },

    /** Makes a new secret, given this once; the one before signs too for a day. @throws NotFound */
    async rotate({ siteId, id }: { siteId: string; id: string }) {
      const secret = newSecret()
      const previousUntil = new Date(clock().getTime() + OVERLAP_MS)
      await db.write(async (tx) => {
        const { secretSealed: previousSealed } = await found(tx, { siteId, id })
        await updateHook(tx, { id, data: { secretSealed: sealed('Webhook.secret', id, secret), previousSealed, previousUntil } })
      })
      return { secret, previousUntil: previousUntil.toISOString() }
    },

    /** Queues a call that says that it is a test. @throws NotFound; Conflict when the webhook is off */
    async test({ siteId, id }: { siteId: string; id: string }) {
      const at = clock()
      const call = { id: newId(at), webhookId: id, siteId, event: TEST_EVENT, commentId: null, state: 'queued', nextAt: at, createdAt: at }
      await db.write(async (tx) => {
        if (!(await found(tx, { siteId, id })).active) throw Conflict('This webhook is switched off.')
        await insertCalls(tx, [call])
      })
      wake()
      return this.call({ siteId, id, callId: call.id })
    },

    /** Forgets calls that ended thirty days ago, and says how many. */
    forgetOld: async () => (await db.write((tx) => forgetCalls(tx, { before: new Date(clock().getTime() - KEPT_MS) }))).count,

    /** A page of a webhook's calls, the newest first. @throws NotFound */
    async calls({ siteId, id, limit, cursor }: { siteId: string; id: string; limit: number; cursor: string | undefined }) {
      await found(db.read, { siteId, id })
      const rows = await callsOf(db.read, { webhookId: id, before: fromCursor(cursor, ID), take: limit + 1 })
      const { items, nextCursor } = page({ items: rows, limit, placeOf: (row) => row.id })
      return { calls: items.map(presentCall), nextCursor }
    },

    /** One call. @throws NotFound */
    async call({ siteId, id, callId }: { siteId: string; id: string; callId: string }) {
      await found(db.read, { siteId, id })
      const row = ID.test(callId) ? await findCall(db.read, { webhookId: id, id: callId }) : null
      if (!row) throw NotFound('This webhook has no such call.')
      return presentCall(row)
    },

    /** Makes a call again that has ended, under the same id. @throws NotFound; Conflict while it is under way */
    async resend({ siteId, id, callId }: { siteId: string; id: string; callId: string }) {
      await this.call({ siteId, id, callId })
      if (!(await db.write((tx) => requeue(tx, { id: callId, at: clock() })))) throw Conflict('This call is still under way.')
      wake()
      return this.call({ siteId, id, callId })
    },
  }
}

const presentCall = (row: CallRow): z.output<typeof HookCall> => ({
  id: row.id,
  event: row.event as z.output<typeof HookCall>['event'],
  commentId: row.commentId,
  state: row.state as z.output<typeof HookCall>['state'],
  attempts: row.attempts,
  outcome: row.outcome,
  nextAt: row.state === 'queued' ? row.nextAt.toISOString() : null,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
})
