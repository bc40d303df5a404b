import type { Clock } from '../clock.ts'
import { defineError } from '../errors.ts'
import { isLocale, type Locale } from '../locales/index.ts'
import { createComposer } from '../mail/composer.ts'
import type { Mail } from '../mail/mailer.ts'
import { mailDomain } from '../mail/message.ts'

/**
 * How mails of a kind look, with invented data, for whoever sets a site up.
 *
 * To show a new kind: write a `Sample` beside its template, which calls the template with invented data, and name it in the list of
 * `samples` in compose/mails.ts. The compiler asks for it, since that list must have every kind that somebody writes.
 */
export type Sample = (to: SampleSite) => { subject: string; text: string; html: string; headers?: Record<string, string> }

/** The site that a sample is written for, and what its links begin with. Its links lead nowhere. */
export interface SampleSite {
  site: { name: string; key: string; locale: Locale; timeZone: string }
  publicUrl: string
  at: Date
}

export const NoSuchKind = defineError('not-found', 404, 'There is no such mail')

export type Previews = ReturnType<typeof createPreviews>

/** Mails as they would go out. */
export function createPreviews({
  samples,
  mailFrom,
  publicUrl,
  clock,
}: {
  samples: Record<string, Sample>
  mailFrom: string
  publicUrl: string
  clock: Clock
}) {
  const kinds = Object.keys(samples)
  const composer = createComposer({ from: mailFrom, clock })

  return {
    kinds,

    /**
     * A mail of a kind to somebody on a site, in the site's language or another one.
     * @throws NoSuchKind
     */
    show({
      site,
      kind,
      locale,
    }: {
      site: { name: string; key: string; locale: string; settings: { timeZone: string } }
      kind: string
      locale?: Locale | undefined
    }) {
      const sample = Object.hasOwn(samples, kind) ? samples[kind] : undefined
      if (!sample) throw NoSuchKind(`There is no mail of the kind "${kind}".`)
      const language = locale ?? (isLocale(site.locale) ? site.locale : 'en')
      const { name, key, settings } = site
      const written = sample({ site: { name, key, locale: language, timeZone: settings.timeZone }, publicUrl, at: clock() })
      const { headers = {}, ...parts } = written
      const mail = { to: 'reader@example.org', messageId: `<preview.${kind}@${mailDomain(mailFrom)}>`, headers, ...parts }
      return { kind, locale: language, mail }
    },

    /** The whole mail as it goes over the wire (`.eml`), but for a signature. */
    compose: ({ mail }: { mail: Mail }): Promise<Buffer> => composer.compose(mail),
  }
}

/** The header fields of a composed mail, unfolded, in their order. */
export function headersOf(message: Buffer): { name: string; value: string }[] {
  const [head = ''] = message.toString('utf8').split('\n\n')
  return head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1).trim() }))
}
