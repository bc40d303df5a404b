/** A number as the language writes it. */
export const numberIn = (locale: string, value: number) => number(locale).format(value)

const UNITS: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
/** Beyond it a date says more. */
const RELATIVE_SECONDS = 7 * 86_400

/** A moment as people say it: how long ago within a week, else the date. */
export function momentIn(locale: string, at: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000) // the visitor's clock may be behind
  if (seconds >= RELATIVE_SECONDS) return day(locale).format(Date.parse(at))
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['second', 1]
  return unit === 'second' ? relative(locale).format(0, 'second') : relative(locale).format(-Math.floor(seconds / size), unit)
}

/** The same moment to the minute, in the visitor's own time. */
export const exactIn = (locale: string, at: string) => exact(locale).format(Date.parse(at))

/** Made when a language first needs it: to make one costs more than all the rest of showing a comment. */
const once = <Format>(make: (locale: string) => Format) => {
  const made = new Map<string, Format>()
  return (locale: string) => {
    const known = made.get(locale) ?? make(locale)
    made.set(locale, known)
    return known
  }
}

const number = once((locale) => new Intl.NumberFormat(locale))
const day = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }))
const exact = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }))
const relative = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
