import { describe, expect, it } from '@jest/globals'
import { MOST_ATTEMPTS, pauseAfter } from '../../src/outbox/backoff.ts'

const ids = Array.from({ length: 200 }, (_, index) => `mail-${index}`)
const pauses = (id: string) => Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => pauseAfter({ id, attempts: index + 1 }))

describe('the pauses between tries of a mail', () => {
  it('begin with a few seconds, so that the first retry comes within ten', () => {
    for (const id of ids) {
      expect(pauseAfter({ id, attempts: 1 })).toBeGreaterThanOrEqual(3000)
      expect(pauseAfter({ id, attempts: 1 })).toBeLessThanOrEqual(5000)
    }
  })

  it('grow to an hour at most, and end after about two days', () => {
    for (const id of ids) {
      const all = pauses(id)
      expect(all.slice(0, 7)).toEqual(all.slice(0, 7).toSorted((one, other) => one - other))
      expect(Math.max(...all)).toBeLessThanOrEqual(3_600_000)
      const hours = all.reduce((total, pause) => total + pause, 0) / 3_600_000
      expect(hours).toBeGreaterThan(42)
      expect(hours).toBeLessThan(52)
    }
  })

  it('differ from mail to mail, and are the same when asked again', () => {
    expect(new Set(ids.map((id) => pauseAfter({ id, attempts: 9 }))).size).toBeGreaterThan(190)
    expect(pauses('mail-1')).toEqual(pauses('mail-1'))
  })
})
