/**
 * Reads a date as the systems write them: RFC 3339 (`2021-03-12T11:21:56Z`), SQL (`2021-03-12 11:21:56`, with or without a zone), RFC 822
 * (`Sat, 09 Apr 2022 09:28:47 +0000`), LeanCloud's `{ "iso": … }`. A time without a zone is UTC.
 *
 * @returns null for what is no date, and for zero dates (`0000-00-00`, year 1, 1970): there was no comment before 1990
 */
export function dateOf(value: unknown): Date | null {
  if (value instanceof Date) return plausible(value.getTime())
  if (typeof value === 'object' && value !== null && 'iso' in value) return dateOf(value.iso)
  if (typeof value !== 'string') return null
  const text = value.trim()
  const match = NUMERIC.exec(text)
  if (match) return numericDate(match)
  return /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} [\d:]+ (?:[+-]\d{4}|GMT|UTC|Z)$/i.test(text) ? plausible(Date.parse(text)) : null
}

/** Seconds since 1970, as numbers or as text. */
export const dateOfSeconds = (value: unknown): Date | null => (isNumber(value) ? plausible(Number(value) * 1000) : null)

/** A date as Prisma writes it into SQLite: milliseconds since 1970, or text. */
export const dateOfMillis = (value: unknown): Date | null => (isNumber(value) ? plausible(Number(value)) : dateOf(value))

const isNumber = (value: unknown) =>
  typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value))

const NUMERIC =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?: [A-Z]{2,5}| [+-]\d{2,4})?$/i

function numericDate([
  ,
  year,
  month,
  day,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone = 'Z',
]: RegExpExecArray): Date | null {
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number]
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || h > 23 || min > 59 || s > 60) return null
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3))
  return plausible(Date.UTC(y, m - 1, d, h, min, s, millis) - offsetOf(zone))
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(9999, 11, 31)

const plausible = (time: number): Date | null => (time >= EARLIEST && time <= LATEST ? new Date(time) : null)
