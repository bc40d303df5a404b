import { translator } from '../../locales/index.ts'
import { oneLine, shorten } from '../../mail/text.ts'
import type { MemberMailContext } from './mail-context.ts'
import { noteMail } from './note-mail.tsx'

const SITE_LENGTH = 30

/** That mails of a site failed for good, with the mail server's last answer. */
export function failingMail({
  head,
  count,
  answer,
  mailsHref,
}: {
  head: MemberMailContext
  count: number
  /** Without addresses, as the ledger keeps it. */
  answer: string | null
  mailsHref: string
}) {
  const t = translator(head.locale)
  const site = oneLine(head.siteName)
  return noteMail({
    head,
    subject: t('notice.failing.subject', { site: shorten(site, SITE_LENGTH) }),
    heading: t('notice.failing.heading', { count }),
    lines: [t('notice.failing.text'), ...(answer === null ? [] : [t('notice.failing.answer', { answer: oneLine(answer) })])],
    button: { text: t('notice.failing.open'), href: mailsHref },
    notes: [t('notice.failing.once')],
    why: t('notice.whyOwner', { site }),
  })
}
