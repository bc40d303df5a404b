/** Where a language is that of one country, and that country has one time, or one that most of it goes by. */
const ZONES: Record<string, string> = { id: 'Asia/Jakarta', ja: 'Asia/Tokyo' }
const formats = new Map<string, Intl.DateTimeFormat>()
/** Asking Intl costs a quarter of a millisecond; there are some hundreds of zones. */
const knownZones = new Set<string>()

export interface DateStyle {
  locale: string
  /** An IANA name; by default Asia/Jakarta for Indonesian and Asia/Tokyo for Japanese, else UTC. */
  timeZone?: string | undefined
}

/**
 * A time as a reader of the site writes it, with its zone.
 *
 * @example formatDateTime('2025-12-18T07:05:00Z', { locale: 'id' }) // '18 Desember 2025 pukul 14.05 WIB'
 */
export function formatDateTime(time: string | Date, { locale, timeZone = zoneOf(locale) }: DateStyle): string {
  const key = `${locale} ${timeZone}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...PARTS, timeZone })
  formats.set(key, format)
  return format.format(typeof time === 'string' ? Date.parse(time) : time)
}

/** A day, given as `2026-11-23`. @example formatDay('2026-11-23', 'id') // '23 November 2026' */
export const formatDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))

const zoneOf = (locale: string) => ZONES[locale.replace(/-.*/, '')] ?? 'UTC'

/** Whether the name is a time zone that dates can be written in; for checking a site's settings. */
export function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format()
    knownZones.add(name)
    return true
  } catch {
    return false
  }
}

const PARTS = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions
