const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** A span of time in its largest unit. @example formatDuration(5400, 'en') // '1.5 hours' */
export function formatDuration(seconds: number, locale: string): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['second', 1]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(seconds / size)
}
