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
export const startOfDay = (day: string, timeZone: string): Date => timeOn({ day, time: '00:00', timeZone })

/** When the clocks of a time zone show a time of a day: "06:30". One that they leave out on that day counts as an hour later. */
export function timeOn({ day, time, timeZone }: { day: string; time: string; timeZone: string }): Date {
  const shown = Date.parse(`${day}T${time}:00Z`)
  // The offset at UTC's time may be that of before or after a change of the clocks; the second time it is the right one.
  const guess = shown - (wallClock(shown, timeZone) - shown)
  const at = shown - (wallClock(guess, timeZone) - guess)
  return new Date(wallClock(at, timeZone) === shown ? at : Math.max(guess, at))
}

/** What the clocks of a time zone show: "06:30". */
export const clockAt = (at: Date, timeZone: string): string => new Date(wallClock(at.getTime(), timeZone)).toISOString().slice(11, 16)

/** The day of the week of a day, from 0 for Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

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
