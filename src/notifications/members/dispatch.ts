import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { dayAfter, dayAt, startOfDay } from '../../locales/days.ts'
import type { Site, Sites } from '../../sites/sites.ts'
import type { HeldEvent } from '../../comments/outbox.ts'
import { heldDeliveries, personalDelivery } from '../outbox.ts'
import { insertDeliveries } from '../store.ts'
import { lookAt } from './look.ts'
import { AT_REST, nextSendingState, type SendingState, rangeOf, type Sending } from './sending-state.ts'
import { type Listener, listenersOf } from './preference-store.ts'
import { quietUntil } from './quiet-hours.ts'
import { forgetSendingStates, noticesOf, Overtaken, saveSendingState, sitesWithNews, takeNotices } from './dispatch-store.ts'

const NOTICES_AT_ONCE = 500

export type Dispatch = ReturnType<typeof createDispatch>

/**
 * Settles who hears how of what began to wait. Taking a comment in only leaves a notice, so a flood costs no row for each moderator;
 * a dispatch turns the notices into mails: one for each comment, or a digest, or one alert.
 *
 * Any number of replicas may dispatch: the notices are taken and all that follows from them is written in one transaction, and
 * where members stand is compared and set. Whoever is overtaken writes nothing, and whoever dies leaves everything for the next dispatch.
 */
export function createDispatch({
  db,
  clock,
  sites,
  mailDomain,
  log,
}: {
  db: Database
  clock: Clock
  sites: Pick<Sites, 'byId'>
  mailDomain: string
  log: Logger
}) {
  /** One dispatch of every site that has something to settle. What fails on one site does not keep the others waiting. */
  return async function makeRound(): Promise<void> {
    for (const siteId of await sitesWithNews(db.read, clock())) {
      try {
        while (await settle(siteId)) continue
      } catch (error) {
        if (error instanceof Overtaken) continue // what is left is in the next dispatch
        log.error({ err: error, site: siteId }, 'what began to wait could not be told yet; trying again')
      }
    }
  }

  /** Settles what waits to be told on a site, and says whether there may be more. */
  async function settle(siteId: string): Promise<boolean> {
    const { ids, events } = await noticesOf(db.read, { siteId, take: NOTICES_AT_ONCE })
    const site = await sites.byId(siteId)
    const now = clock()
    const listeners = site ? await listenersOf(db.read, siteId) : []
    const settled = site ? await settleMembers({ site, listeners, events, now }) : []
    await db.write(async (tx) => {
      await takeNotices(tx, ids)
      await forgetSendingStates(tx, { siteId, now, except: listeners.map(({ userId }) => userId) })
      for (const { listener, state } of settled) await saveSendingState(tx, { listener, siteId, state })
      const rows = settled.flatMap(({ deliveries }) => deliveries)
      if (rows.length > 0) await insertDeliveries(tx, rows)
    })
    return ids.length === NOTICES_AT_ONCE
  }

  async function settleMembers({ site, listeners, events, now }: { site: Site; listeners: Listener[]; events: HeldEvent[]; now: Date }) {
    const look = await lookAt({ db, site, events, listeners, now })
    const settled: { listener: Listener; state: SendingState; deliveries: ReturnType<typeof deliveriesOf> }[] = []
    for (const listener of listeners) {
      const before = listener.state ?? AT_REST
      const { heldComments: wants, digestMinutes } = listener.choices
      if (wants === 'off') {
        if (before.digestAt) settled.push({ listener, state: { ...onlyState(before), ...NOTHING_UNTOLD }, deliveries: [] })
        continue
      }
      const isDue = before.digestAt !== null && before.digestAt <= now
      const arrived = look.arrivedFor(listener)
      if (arrived.length === 0 && !isDue) continue
      const timeZone = listener.personal.timeZone ?? site.settings.timeZone
      const day = dayAt(now, timeZone)
      const { state, sends } = nextSendingState(onlyState(before), {
        now,
        arrived: arrived.map(({ subjectId }) => subjectId),
        ...look.waitingFor(listener),
        wants,
        digestMinutes,
        quietUntil: quietUntil({ now, hours: listener.personal.quietHours, timeZone }),
        day,
        nextDay: startOfDay(dayAfter(day, 1), timeZone),
        limits: site.settings,
      })
      settled.push({ listener, state, deliveries: deliveriesOf({ sends, arrived, listener, siteId: site.id, now }) })
    }
    return settled
  }

  function deliveriesOf({
    sends,
    arrived,
    listener: { userId, state },
    siteId,
    now: at,
  }: {
    sends: Sending
    arrived: HeldEvent[]
    listener: Listener
    siteId: string
    now: Date
  }) {
    if (sends.kind === 'nothing') return []
    if (sends.kind === 'each') return arrived.flatMap((event) => heldDeliveries({ event, recipients: [{ userId }], at, mailDomain }))
    const what =
      sends.kind === 'digest' ? { kind: 'comments.digest', subjectId: rangeOf(sends) } : { kind: 'comments.attack', subjectId: siteId }
    return [personalDelivery({ event: { ...what, siteId, userId, turn: `${userId}.${state?.turn ?? 0}` }, at, mailDomain })]
  }
}

const NOTHING_UNTOLD = { digestAt: null, untoldFrom: null, untoldTo: null, alertedAt: null }

const onlyState = ({ digestAt, untoldFrom, untoldTo, alertedAt, day, mails }: SendingState): SendingState => ({
  digestAt,
  untoldFrom,
  untoldTo,
  alertedAt,
  day,
  mails,
})
