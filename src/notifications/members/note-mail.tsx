import { translator } from '../../locales/index.ts'
import { oneLine, shorten } from '../../mail/text.ts'
import { Buttons, Foot, footLines, mailDocument } from '../../mail/layout.tsx'
import { inline } from '../../mail/style.ts'
import { sections } from '../templates.tsx'
import type { MemberMailContext } from './mail-context.ts'

export interface Note {
  head: MemberMailContext
  subject: string
  heading: string
  /** What there is to say; then figures, each with its name, under a heading of their own where they have one. */
  lines: string[]
  figures?: { heading?: string; rows: { name: string; value: string }[] }[]
  button: { text: string; href: string }
  notes: string[]
  why: string
}

/** A short mail to a member about their site, in both its forms. Texts are put in as they are: the HTML part escapes them. */
export function noteMail({ head, subject, heading, lines, figures = [], button, notes, why }: Note) {
  const t = translator(head.locale)
  const siteName = oneLine(head.siteName)
  const shown = figures.filter(({ rows }) => rows.length > 0)
  const text = sections(
    [heading],
    ...lines.map((line) => [line]),
    ...shown.map(({ heading: above, rows }) => [...(above ? [`${above}:`] : []), ...rows.map(({ name, value }) => `${name}: ${value}`)]),
    [`${button.text}:`, button.href],
    ...notes.map((note) => [note]),
    ['-- ', siteName, why, ...footLines(head, t)],
  )
  const html = mailDocument({
    locale: head.locale,
    subject,
    preview: shorten(lines.join(' '), 140),
    siteName,
    children: (
      <>
        <h1 class="ink" style={inline.title}>
          {heading}
        </h1>
        {lines.map((line) => (
          <p key={line} class="ink" style={inline.line}>
            {line}
          </p>
        ))}
        {shown.map(({ heading: above = '', rows }) => (
          <Figures key={above} heading={above} rows={rows} />
        ))}
        <Buttons locale={head.locale} buttons={[{ kind: 'approve', ...button }]} />
        {notes.map((note) => (
          <p key={note} class="soft" style={inline.soft}>
            {note}
          </p>
        ))}
        <Foot why={why} foot={head} t={t} />
      </>
    ),
  })
  return { subject, text, html }
}

function Figures({ heading, rows }: { heading: string; rows: { name: string; value: string }[] }) {
  return (
    <>
      {heading && (
        <h2 class="ink" style={inline.heading}>
          {heading}
        </h2>
      )}
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:12px 0 0;border-collapse:collapse">
        {rows.map(({ name, value }) => (
          <tr key={name}>
            <td class="ink rule" style={inline.figure}>
              <bdi>{name}</bdi>
            </td>
            <td class="ink rule" align="right" style={`${inline.figure};white-space:nowrap;font-weight:700`}>
              <bdi>{value}</bdi>
            </td>
          </tr>
        ))}
      </table>
    </>
  )
}
