import { formatDateTime } from '../../locales/dates.ts'
import { translator } from '../../locales/index.ts'
import { oneLine, shorten } from '../../mail/text.ts'
import { Buttons, mailDocument } from '../../mail/layout.tsx'
import { inline } from '../../mail/style.ts'

/** A mail to somebody who is to look after a site. */
export interface MemberMail {
  site: { name: string; locale: string; settings: { timeZone?: string | undefined } }
  /** An invitation comes from somebody and works for a while; a role may be given outright. */
  event: { kind: 'invited'; by: string; until: Date } | { kind: 'added' }
  role: string
  /** Where the one thing to do is done. */
  href: string
}

/** Leaves room for the rest of the subject in 78 characters (RFC 5322, section 2.1.1). */
const SITE_LENGTH = 30

/** The mail in both its forms. What people called the site and themselves is put on one line and never read as markup. */
export function memberMail({ site, event, role, href }: MemberMail): { subject: string; text: string; html: string } {
  const t = translator(site.locale)
  const siteName = oneLine(site.name)
  const kind = event.kind === 'invited' ? 'invite' : 'added'
  const subject = t(role === 'owner' ? `${kind}.mail.headingOwner` : `${kind}.mail.heading`, { site: shorten(siteName, SITE_LENGTH) })
  const lead = event.kind === 'invited' ? t('invite.mail.text', { name: oneLine(event.by) }) : t('added.mail.text')
  const button = { text: t(`${kind}.mail.button`), href }
  const notes = event.kind === 'invited' ? [untilWhen(event.until), t('invite.mail.ignore')] : [t('mail.why', { site: siteName })]

  const blocks = [subject, lead, `${button.text}:\n${href}`, ...notes, `-- \n${siteName}`]
  return { subject, text: `${blocks.join('\n\n')}\n`, html: htmlPart() }

  function untilWhen(at: Date) {
    return t('invite.mail.until', { date: formatDateTime(at, { locale: site.locale, timeZone: site.settings.timeZone }) })
  }

  function htmlPart() {
    return mailDocument({
      locale: site.locale,
      subject,
      preview: shorten(lead, 140),
      siteName,
      children: (
        <>
          <h1 class="ink" style={inline.title}>
            {subject}
          </h1>
          <p class="ink" style={inline.line}>
            {lead}
          </p>
          <Buttons locale={site.locale} buttons={[{ kind: 'approve', ...button }]} />
          {notes.map((line) => (
            <p key={line} class="soft" style={inline.soft}>
              {line}
            </p>
          ))}
        </>
      ),
    })
  }
}
