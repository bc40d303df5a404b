import { expect, test } from '@jest/globals'
import { quietUntil } from '../../../src/notifications/members/quiet-hours.ts'

const NIGHT = { from: '22:00', to: '06:30' }

test.each([
  // Over midnight, in Jakarta (UTC+7, no change of the clocks)
  ['Asia/Jakarta', NIGHT, '2026-11-25T14:59:59Z', null],
  ['Asia/Jakarta', NIGHT, '2026-11-25T15:00:00Z', '2026-11-25T23:30:00.000Z'],
  ['Asia/Jakarta', NIGHT, '2026-11-25T20:00:00Z', '2026-11-25T23:30:00.000Z'],
  ['Asia/Jakarta', NIGHT, '2026-11-25T23:30:00Z', null],
  // Within a day
  ['Asia/Tokyo', { from: '12:00', to: '13:00' }, '2026-11-25T03:30:00Z', '2026-11-25T04:00:00.000Z'],
  // The night on which Berlin's clocks go forward is an hour shorter, the one on which they go back an hour longer
  ['Europe/Berlin', NIGHT, '2026-03-28T21:00:00Z', '2026-03-29T04:30:00.000Z'],
  ['Europe/Berlin', NIGHT, '2026-10-24T20:00:00Z', '2026-10-25T05:30:00.000Z'],
  // They end at a time that New York leaves out: half past two, which is an hour later then
  ['America/New_York', { from: '23:00', to: '02:30' }, '2026-03-08T05:00:00Z', '2026-03-08T07:30:00.000Z'],
  ['Asia/Jakarta', null, '2026-11-25T20:00:00Z', null],
])('in %s with quiet hours %j it is quiet at %s until %s', (timeZone, hours, now, end) => {
  expect(quietUntil({ now: new Date(now), hours, timeZone })?.toISOString() ?? null).toBe(end)
})

test('is never quiet until a time that has passed, on the night that has an hour twice', () => {
  const hours = { from: '22:00', to: '02:30' }
  for (let minute = 0; minute < 12 * 60; minute++) {
    const now = new Date(Date.parse('2026-10-24T18:00:00Z') + minute * 60_000)
    const end = quietUntil({ now, hours, timeZone: 'Europe/Berlin' })
    if (end) expect(end.getTime()).toBeGreaterThan(now.getTime())
  }
})
