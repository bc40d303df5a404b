import { momentIn } from '../../src/web/embed/numbers.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const ago = (seconds: number, locale = 'en') => momentIn(locale, new Date(now - seconds * 1000).toISOString(), now)

test('a moment is told as people do, and as a date after a week', () => {
  expect([ago(0), ago(59), ago(60), ago(3599), ago(7200), ago(86_400), ago(3 * 86_400)]).toEqual([
    'now',
    'now',
    '1 minute ago',
    '59 minutes ago',
    '2 hours ago',
    'yesterday',
    '3 days ago',
  ])
  expect(ago(8 * 86_400)).toBe('Nov 15, 2026')
  expect(ago(120, 'id')).toBe('2 menit yang lalu')
})

test("a clock that is behind the server's says now, not the future", () => {
  expect(ago(-300)).toBe('now')
})
