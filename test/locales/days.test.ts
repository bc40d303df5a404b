import { expect, test } from '@jest/globals'
import { dayAfter, dayAt, startOfDay } from '../../src/locales/days.ts'

test.each([
  ['2026-11-24', 'Asia/Jakarta', '2026-11-23T17:00:00.000Z'],
  ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'], // the clocks go forward on it
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'], // and back
  ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  ['2026-01-01', 'Pacific/Pago_Pago', '2026-01-01T11:00:00.000Z'],
])('%s begins in %s at %s', (day, timeZone, at) => {
  const beginning = startOfDay(day, timeZone)
  expect(beginning.toISOString()).toBe(at)
  expect(dayAt(beginning, timeZone)).toBe(day)
  expect(dayAt(new Date(beginning.getTime() - 1), timeZone)).toBe(dayAfter(day, -1))
})

test('days follow each other across months, years and leap days', () => {
  expect([dayAfter('2026-12-31', 1), dayAfter('2028-03-01', -1), dayAfter('2026-11-24', -30)]).toEqual([
    '2027-01-01',
    '2028-02-29',
    '2026-10-25',
  ])
})
