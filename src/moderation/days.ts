const formats = new Map<string, Intl.DateTimeFormat>()

/** The day of a time by the clocks of a time zone: "2026-11-24". */
export const dayAt = (at: Date, timeZone: string): string => new Date(wallClock(at.getTime(), timeZone)).toISOString().slice(0, 10)

/** The day so many days after one, or before it. */
export const dayAfter = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** When a day begins by the clocks of a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  let at = midnight
  // The offset at UTC's midnight may be that of before or after a change of the clocks; the second time it is the right one.
  for (let time = 0; time < 2; time++) at = midnight - (wallClock(at, timeZone) - at)
  return new Date(at)
}

/** What the clocks of a time zone show, as if they were UTC's; milliseconds. */
function wallClock(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { ...PARTS, timeZone })
  formats.set(timeZone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

const PARTS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const satisfies Intl.DateTimeFormatOptions
