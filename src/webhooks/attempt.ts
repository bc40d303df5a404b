import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { plainAnswer } from '../notifications/attempt.ts'
import { pauseAfter } from '../outbox/backoff.ts'
import { aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { hookFormatOf } from './formats/formats.ts'
import type { HookFormatName } from './names.ts'
import { newsOf } from './news.ts'
import { type CallHook, HookRefused } from './request.ts'
import { signedHeaders } from './sign.ts'
import type { CallOutcome, DueCall, HookRow } from './store.ts'

/** Tries of one call before it counts as failed; with the pauses between them they reach over a day. */
export const MOST_CALLS = 30
const LONGEST_WAIT_MS = 86_400_000
const GONE = 410

/** Makes one call, and says what became of it. Whatever goes wrong is an outcome too: it never throws. */
export async function attemptCall({
  due,
  db,
  keys,
  publicUrl,
  call,
  clock,
  log,
}: {
  due: DueCall
  db: Database
  keys: Keys
  publicUrl: string
  call: CallHook
  clock: Clock
  log: Logger
}): Promise<CallOutcome> {
  const { id, leaseId, siteId, webhookId, webhook, attempts } = due
  const row = { id, leaseId, siteId, webhookId }
  const about = { webhook: webhookId, call: id, event: due.event, attempts }
  const failed = (outcome: string, pause?: string): CallOutcome => {
    log.error({ ...about, reason: outcome }, 'webhook failed')
    return { ...row, state: 'failed', outcome, ...(pause !== undefined && { pause }) }
  }
  const later = (outcome: string, retryAfter: number | null): CallOutcome => {
    if (attempts >= MOST_CALLS) return failed(outcome, outcome)
    const asked = Math.min((retryAfter ?? 0) * 1000, LONGEST_WAIT_MS)
    const nextAt = new Date(clock().getTime() + Math.max(pauseAfter({ id, attempts }), asked))
    log.warn({ ...about, reason: outcome, nextAt }, 'webhook not taken yet')
    return { ...row, state: 'queued', nextAt, attempts, outcome }
  }
  try {
    const news = await newsOf({ db, publicUrl, due })
    const body = JSON.stringify(hookFormatOf(webhook.format as HookFormatName)(news, webhook))
    const { url, secrets } = openHook({ keys, webhook, at: clock() })
    const { status, text, retryAfter } = await call({ url, body, headers: signedHeaders({ id, at: clock(), body, secrets }) })
    const outcome = plainAnswer(`${status} ${text}`)
    if (status >= 200 && status < 300) {
      log.info(about, 'webhook taken')
      return { ...row, state: 'sent', outcome, sentAt: clock() }
    }
    if (status === GONE) return failed(outcome, outcome) // Standard Webhooks: no more calls are wanted
    return later(outcome, retryAfter)
  } catch (error) {
    const outcome = plainAnswer(error)
    return error instanceof HookRefused ? failed(outcome) : later(outcome, null)
  }
}

/** A webhook's address and the secrets that sign its calls now. @throws CannotUnseal */
export function openHook({ keys, webhook, at }: { keys: Keys; webhook: HookRow; at: Date }): { url: string; secrets: string[] } {
  const { id, urlSealed, secretSealed, previousSealed, previousUntil } = webhook
  const secretAad = aadOf('Webhook.secret', id)
  const secrets = [unseal({ keys, aad: secretAad, sealed: secretSealed })]
  if (previousSealed !== null && previousUntil !== null && previousUntil > at)
    secrets.push(unseal({ keys, aad: secretAad, sealed: previousSealed }))
  return { url: unseal({ keys, aad: aadOf('Webhook.url', id), sealed: urlSealed }), secrets }
}
