import { ADMIN_PATH } from '../access/admin-path.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { AUTOMATIC } from '../mail/headers.ts'
import type { Render } from '../notifications/attempt.ts'
import { subjectOf, turnOf } from '../notifications/outbox.ts'
import type { DueDelivery } from '../notifications/store.ts'
import { SUPPRESSED } from '../notifications/suppressed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { invitationById } from './invitation-store.ts'
import { invitationToken } from './invitations.ts'
import { memberToTell } from './member-store.ts'
import { RESET_MINUTES, resetToken } from './password-reset.ts'
import { accountOf, grantsOf, passwordOf } from './store.ts'
import { memberMail } from './view/member-mail.tsx'
import { resetMail } from './view/reset-mail.tsx'

const GONE = { suppressed: SUPPRESSED.invitationGone }

/**
 * Writes the mails to people who are to look after a site, in the site's language and from what the database says at the moment of
 * sending. The link of an invitation is made here and nowhere kept.
 */
export function createMemberMails({
  db,
  clock,
  keys,
  sites,
  publicUrl,
}: {
  db: Database
  clock: Clock
  keys: Keys
  sites: Sites
  publicUrl: string
}): Render {
  return async (delivery) => {
    const site = await sites.byId(delivery.siteId)
    if (!site) return GONE
    return delivery.kind === 'member.invited' ? invited(delivery, site) : added(delivery, site)
  }

  async function invited(delivery: DueDelivery, site: Site): ReturnType<Render> {
    const invitation = await invitationById(db.read, subjectOf(delivery))
    if (!invitation || invitation.expiresAt <= clock()) return GONE
    if (String(invitation.expiresAt.getTime()) !== turnOf(delivery)) return { suppressed: SUPPRESSED.newerLink }
    const written = memberMail({
      site,
      event: { kind: 'invited', by: invitation.invitedBy, until: invitation.expiresAt },
      role: invitation.role,
      href: `${publicUrl}/invitations/${invitationToken({ keys, ...invitation })}`,
    })
    return mailTo(invitation.email, delivery, written)
  }

  async function added(delivery: DueDelivery, site: Site): ReturnType<Render> {
    const member = await memberToTell(db.read, { id: subjectOf(delivery), userId: delivery.userId })
    if (!member) return GONE
    const written = memberMail({ site, event: { kind: 'added' }, role: member.role, href: publicUrl + ADMIN_PATH })
    return mailTo(member.user.email, delivery, written)
  }
}

/** Writes the mail to somebody who forgot the password, in the language of a site that they look after. */
export function createResetMail({ db, clock, keys, sites, publicUrl }: Parameters<typeof createMemberMails>[0]): Render {
  return async (delivery) => {
    const { userId } = delivery
    const at = Number(turnOf(delivery))
    const until = new Date(at + RESET_MINUTES * 60_000)
    const [account, passwordHash, [grant]] = await Promise.all([
      accountOf(db.read, userId),
      passwordOf(db.read, userId),
      grantsOf(db.read, userId),
    ])
    if (!account || passwordHash === null) return { suppressed: SUPPRESSED.noAccount }
    if (until <= clock()) return { suppressed: SUPPRESSED.linkRunOut }
    const { locale, settings } = (await sites.byId(grant?.siteId ?? '')) ?? (await sites.byKey('default'))
    const href = `${publicUrl}/password-resets/${resetToken({ keys, userId, at, passwordHash })}`
    return mailTo(account.email, delivery, resetMail({ locale, timeZone: settings.timeZone, until, href }))
  }
}

const mailTo = (to: string, { messageId }: DueDelivery, written: { subject: string; text: string; html: string }) => ({
  mail: { to, messageId, ...written, headers: AUTOMATIC },
})
