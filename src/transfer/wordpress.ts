import { parseUrl } from '../parse-url.ts'

/**
 * Times as WordPress writes them: `2026-03-01 15:00:00`, at the site and in UTC, and the feed's `Sun, 01 Mar 2026 08:00:00 +0000`.
 * They take ISO text (UTC).
 */
export function wordpressTime(timeZone: string) {
  // Swedish dates are written like ISO's.
  const zoned = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return {
    local: (iso: string) => zoned.format(new Date(iso)),
    utc: (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`,
    rfc822: (iso: string) => new Date(iso).toUTCString().replace('GMT', '+0000'),
  }
}

/** The last name in an address's path, as WordPress makes slugs: lower case, letters and digits with dashes between. May be empty. */
export function slugOf(url: string): string {
  const name =
    parseUrl(url)
      ?.pathname.split('/')
      .findLast((part) => part !== '') ?? ''
  return decoded(name)
    .toLowerCase()
    .replace(/\.(html?|php|aspx?)$/, '')
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 200)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a percent sign that stands for itself
  }
}
