import { clockAt, dayAfter, dayAt, timeOn } from '../../locales/days.ts'

/** Times of the day by a time zone's clocks; those that begin later than they end go over midnight. */
export interface QuietHours {
  from: string
  to: string
}

/** When the quiet hours end that a time is in; null when it is in none. */
export function quietUntil({ now, hours, timeZone }: { now: Date; hours: QuietHours | null; timeZone: string }): Date | null {
  if (!hours) return null
  const { from, to } = hours
  const time = clockAt(now, timeZone)
  const isQuiet = from < to ? from <= time && time < to : from <= time || time < to
  if (!isQuiet) return null
  const today = dayAt(now, timeZone)
  const end = timeOn({ day: time < to ? today : dayAfter(today, 1), time: to, timeZone })
  return end > now ? end : null // the clocks were put back, and it was this time before
}
