import { ADMIN_PATH } from '../../access/admin-path.ts'
import { settingsOf } from '../../sites/settings.ts'
import type { Keys } from '../../privacy/secret.ts'
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
  settings: unknown
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
    timeZone: listener.personal.timeZone ?? settingsOf(site.settings).timeZone,
    queueHref: publicUrl + ADMIN_PATH,
    choiceHref: `${publicUrl}${ADMIN_PATH}/account`,
    stopHref,
    headers: {
      'Auto-Submitted': 'auto-generated', // made by a program, so that no absence notice answers (RFC 3834, section 5)
      'List-Id': `<${site.key.replace(/[^\w-]+/g, '-')}.comments.${mailDomain}>`, // a list for each site, to filter by (RFC 2919)
      'List-Unsubscribe': `<${stopHref}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      References: `<${thread}@${mailDomain}>`,
    },
  }
}
