/** A number as the language writes it. */
export const numberIn = (locale: string, value: number) => formats(locale).number.format(value)

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
  if (seconds >= RELATIVE_SECONDS) return formats(locale).day.format(Date.parse(at))
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['second', 1]
  const { relative } = formats(locale)
  return unit === 'second' ? relative.format(0, 'second') : relative.format(-Math.floor(seconds / size), unit)
}

/** The same moment to the minute, in the visitor's own time. */
export const exactIn = (locale: string, at: string) => formats(locale).exact.format(Date.parse(at))

const made = new Map<string, ReturnType<typeof make>>()

/** To make them costs more than all the rest of showing a comment. */
function formats(locale: string) {
  const known = made.get(locale) ?? make(locale)
  made.set(locale, known)
  return known
}

const make = (locale: string) => ({
  number: new Intl.NumberFormat(locale),
  day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
  exact: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
  relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
})
