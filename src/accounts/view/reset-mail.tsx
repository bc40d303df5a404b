import { formatDateTime } from '../../locales/dates.ts'
import { translator } from '../../locales/index.ts'
import { Buttons, mailDocument } from '../../mail/layout.tsx'
import { inline } from '../../mail/style.ts'

/** The mail to somebody who forgot the password, in both its forms. */
export function resetMail({ locale, timeZone, until, href }: { locale: string; timeZone: string | undefined; until: Date; href: string }) {
  const t = translator(locale)
  const subject = t('reset.mail.heading')
  const lead = t('reset.mail.text')
  const notes = [t('invite.mail.until', { date: formatDateTime(until, { locale, timeZone }) }), t('reset.mail.ignore')]
  const html = mailDocument({
    locale,
    subject,
    preview: lead,
    siteName: 'Balas',
    children: (
      <>
        <h1 class="ink" style={inline.title}>
          {subject}
        </h1>
        <p class="ink" style={inline.line}>
          {lead}
        </p>
        <Buttons locale={locale} buttons={[{ kind: 'approve', text: t('reset.title'), href }]} />
        {notes.map((line) => (
          <p key={line} class="soft" style={inline.soft}>
            {line}
          </p>
        ))}
      </>
    ),
  })
  const blocks = [subject, lead, `${t('reset.title')}:\n${href}`, ...notes, '-- \nBalas']
  return { subject, text: `${blocks.join('\n\n')}\n`, html }
}
