import { translator } from '../../locales/index.ts'
import { oneLine, shorten } from '../../mail/text.ts'
import { noteMail } from './note-mail.tsx'
import type { MemberMailContext } from './mail-context.ts'

const SITE_LENGTH = 30

/** The one mail during an attack: that it goes on, what we do about mails, and what helps. */
export function attackMail({ head, waiting, limit }: { head: MemberMailContext; waiting: number; limit: number }) {
  const t = translator(head.locale)
  const site = oneLine(head.siteName)
  return noteMail({
    head,
    subject: t('notice.attack.subject', { site: shorten(site, SITE_LENGTH) }),
    heading: t('notice.attack.heading'),
    lines: [t('notice.attack.text', { limit }), t('mail.waiting', { count: waiting, site })],
    button: { text: t('notice.queue'), href: head.queueHref },
    notes: [t('notice.attack.pause'), t('notice.attack.help')],
    why: t('mail.why', { site }),
  })
}
