import { ADMIN_PATH } from '../../access/admin-path.ts'
import { listHeaders } from '../../mail/headers.ts'
import type { Mail } from '../../mail/mailer.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Settings } from '../../sites/settings.ts'
import type { DueDelivery } from '../store.ts'
import { SUPPRESSED } from '../suppressed.ts'
import type { Listener } from './preference-store.ts'
import { createStopLink, type StopLink } from './stop-links.ts'

/** What all mails to members of a site have in common: how they speak, and where one stops them. */
export interface MemberMailContext {
  siteName: string
  /** The member's language and time zone, else the site's. */
  locale: string
  timeZone: string
  /** Where the queue is, where one chooses what one receives, and where one stops this kind of mail without signing in. */
  queueHref: string
  choiceHref: string
  stopHref: string
  headers: Record<string, string>
}

export interface MemberMailSite {
  id: string
  key: string
  name: string
  locale: string
  settings: Pick<Settings, 'timeZone'>
}

export function memberMailContext({
  site,
  listener,
  what,
  thread,
  keys,
  publicUrl,
  mailDomain,
}: {
  site: MemberMailSite
  listener: Pick<Listener, 'userId' | 'personal'>
  what: StopLink['what']
  /** Mails of one thread stand together. */
  thread: string
  keys: Keys
  publicUrl: string
  /** The domain of our sender's address, as in the deliveries' Message-IDs. */
  mailDomain: string
}): MemberMailContext {
  const stopHref = createStopLink({ keys, publicUrl, what, siteId: site.id, userId: listener.userId })
  return {
    siteName: site.name,
    locale: listener.personal.locale ?? site.locale,
    timeZone: listener.personal.timeZone ?? site.settings.timeZone,
    queueHref: publicUrl + ADMIN_PATH,
    choiceHref: `${publicUrl}${ADMIN_PATH}/account`,
    stopHref,
    headers: {
      ...listHeaders({ siteKey: site.key, list: 'comments', mailDomain, stopHref }),
      References: `<${thread}@${mailDomain}>`,
    },
  }
}

/** Whom a kind of mail goes to: somebody who still looks after the site, as an owner where it is for owners, and wants it; else why not. */
export function recipientOf(listener: Listener | undefined, what: StopLink['what']): { listener: Listener } | { suppressed: string } {
  const isForAll = what === 'heldComments'
  if (!listener || !(isForAll || listener.role === 'owner')) return { suppressed: isForAll ? SUPPRESSED.notAMember : SUPPRESSED.notAnOwner }
  const isWanted = isForAll ? listener.choices.heldComments !== 'off' : listener.choices[what]
  return isWanted ? { listener } : { suppressed: SUPPRESSED.unwanted }
}

/** What was written for somebody, ready to be sent. */
export const mailToMember = ({
  delivery,
  listener,
  head,
  written,
}: {
  delivery: DueDelivery
  listener: Listener
  head: MemberMailContext
  written: Pick<Mail, 'subject' | 'text' | 'html'>
}): { mail: Mail } => ({ mail: { to: listener.email, messageId: delivery.messageId, ...written, headers: head.headers } })
