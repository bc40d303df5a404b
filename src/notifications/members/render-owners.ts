import type { Database } from '../../database/connect.ts'
import type { Overview, OverviewQuery } from '../../overview/overview.ts'
import { daysFrom } from '../../overview/overview.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Site, Sites } from '../../sites/sites.ts'
import type { Render } from '../attempt.ts'
import { subjectOf } from '../outbox.ts'
import { SUPPRESSED } from '../suppressed.ts'
import type { DueDelivery } from '../store.ts'
import { failingMail } from './failing-mail.ts'
import { mailToMember, memberMailContext, recipientOf } from './mail-context.ts'
import { lastFailure } from './scheduled-mail-store.ts'
import { type Listener, listenerOf } from './preference-store.ts'
import { weeklyMail } from './weekly-mail.ts'

/** Writes the mails to owners at the moment of sending: the summary of a week, and that mails failed. */
export function createOwnerMails({
  db,
  keys,
  sites,
  overview,
  publicUrl,
  mailDomain,
}: {
  db: Database
  keys: Keys
  sites: Pick<Sites, 'byId'>
  /** Reads an overview, in the worker. */
  overview: (query: OverviewQuery) => Promise<Overview>
  publicUrl: string
  mailDomain: string
}): { weekly: Render; failing: Render } {
  /** The site and its owner, or why that one is not told. */
  async function about({ siteId, userId }: DueDelivery, what: 'weeklySummary' | 'deliveryFailing') {
    const site = await sites.byId(siteId)
    if (!site) return { suppressed: SUPPRESSED.notAnOwner }
    const recipient = recipientOf(await listenerOf(db.read, { siteId, userId }), what)
    if ('suppressed' in recipient) return recipient
    const { listener } = recipient
    return { site, listener, head: headOf({ site, listener, what }) }
  }

  const headOf = ({ site, listener, what }: { site: Site; listener: Listener; what: 'weeklySummary' | 'deliveryFailing' }) =>
    memberMailContext({ site, listener, what, thread: `${what}.${site.id}`, keys, publicUrl, mailDomain })

  return {
    weekly: async (delivery) => {
      const found = await about(delivery, 'weeklySummary')
      if ('suppressed' in found) return found
      const { site, listener, head } = found
      const days = daysFrom({ first: subjectOf(delivery), days: 7, timeZone: site.settings.timeZone })
      const week = await overview({ sites: [{ id: site.id, key: site.key, days }] })
      if (week.days.every(({ received }) => received === 0) && week.waiting.decided === 0) return { suppressed: SUPPRESSED.quietWeek }
      const written = weeklyMail({
        head,
        overviewHref: `${head.queueHref}/overview`,
        first: days[0]?.day ?? '',
        last: days[6]?.day ?? '',
        week,
      })
      return mailToMember({ delivery, listener, head, written })
    },

    failing: async (delivery) => {
      const found = await about(delivery, 'deliveryFailing')
      if ('suppressed' in found) return found
      const { site, listener, head } = found
      const last = await lastFailure(db.read, site.id)
      if (!last) return { suppressed: SUPPRESSED.sentAgain }
      const count = Number(subjectOf(delivery))
      const written = failingMail({ head, count, answer: last.outcome, mailsHref: `${head.queueHref}/sites/${site.key}/mail` })
      return mailToMember({ delivery, listener, head, written })
    },
  }
}
