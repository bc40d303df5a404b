import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { type Mail, type Mailer, MailRefused } from '../mail/mailer.ts'
import { MOST_ATTEMPTS, pauseAfter } from '../outbox/backoff.ts'
import type { Outcome } from './outcome-store.ts'
import type { DueDelivery } from './store.ts'

/** Gives the mail of a delivery as things stand now, or why there is nothing to tell any more. */
export type Render = (delivery: DueDelivery) => Promise<{ mail: Mail } | { suppressed: string }>

/** Writes and sends one mail, and says what became of it. Whatever goes wrong is an outcome too: it never throws. */
export async function attemptSending({
  delivery,
  render,
  mailer,
  clock,
  log,
}: {
  delivery: DueDelivery
  render: Render
  mailer: Mailer
  clock: Clock
  log: Logger
}): Promise<Outcome> {
  const { id, leaseId, kind, attempts } = delivery
  const row = { id, leaseId }
  const about = { delivery: id, kind, attempts }
  if (attempts > MOST_ATTEMPTS) return { ...row, state: 'failed', outcome: 'given up: the process ended at every try' }
  try {
    const rendered = await render(delivery)
    if ('suppressed' in rendered) {
      log.info({ ...about, reason: rendered.suppressed }, 'mail not needed')
      return { ...row, state: 'suppressed', outcome: rendered.suppressed }
    }
    const { response } = await mailer.send(rendered.mail)
    log.info(about, 'mail sent')
    return { ...row, state: 'sent', outcome: plainAnswer(response), sentAt: clock() }
  } catch (error) {
    const outcome = plainAnswer(error)
    if (error instanceof MailRefused || attempts === MOST_ATTEMPTS) {
      log.error({ ...about, reason: outcome }, 'mail failed')
      return { ...row, state: 'failed', outcome }
    }
    const nextAt = new Date(clock().getTime() + pauseAfter({ id, attempts }))
    log.warn({ ...about, reason: outcome, nextAt }, 'mail not sent yet')
    return { ...row, state: 'queued', nextAt, attempts, outcome }
  }
}

/** A server's answer or an error's message on one line, short, and without the addresses that servers like to repeat. */
export function plainAnswer(answer: unknown): string {
  const text = answer instanceof Error ? answer.message : String(answer)
  return text
    .slice(0, 2000)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[^\s<>(),:;]*@[^\s<>"'(),:;]+/g, '…')
    .trim()
    .slice(0, 300)
}
