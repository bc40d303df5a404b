import { describe, expect, it } from '@jest/globals'
import { createMailLink, MAIL_LINK_DAYS, type MailLink, readMailLink } from '../../src/notifications/mail-links.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'

const keys = deriveKeys('a secret for mail links')
const at = new Date('2025-12-18T07:05:00.500Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const WEEK = 7 * 86_400

const link: MailLink = {
  action: 'approve',
  commentId: '0193d9a0-1111-7abc-8def-0123456789ab',
  version: 3,
  userId: '0193d9a0-2222-7abc-8def-0123456789ab',
}
const create = (changes: Partial<MailLink> = {}) =>
  createMailLink({ keys, publicUrl: 'https://balas.example/sub', at, ...link, ...changes })
const tokenOf = (url: string) => url.split('/').at(-1) ?? ''
const read = (token: string, now = at) => readMailLink({ keys, token, now })

describe('a mailed link', () => {
  it('says what it was made for', () => {
    const url = create()
    expect(url).toMatch(/^https:\/\/balas\.example\/sub\/moderate\/[\w-]+$/)
    expect(url.length).toBeLessThan(180)
    expect(read(tokenOf(url))).toEqual(link)
  })

  it.each<Partial<MailLink>>([
    { action: 'reject' },
    { action: 'spam' },
    { version: 1 },
    { version: 0 },
    { version: 2 ** 31 - 1 },
    { version: 2 ** 40 },
    { userId: 'u' },
    { userId: 'QWxhZGRpbjpvcGVuIHNlc2FtZQ0123456789012345678901234567890123456789' },
    { userId: 'pemilik/é\n:佐' },
  ])('carries %j unchanged', (changes) => {
    expect(read(tokenOf(create(changes)))).toEqual({ ...link, ...changes })
  })

  it('works for seven days', () => {
    const token = tokenOf(create())
    expect(MAIL_LINK_DAYS).toBe(7)
    expect(read(token, later(WEEK - 1))).toEqual(link)
    expect(read(token, later(WEEK))).toBeNull()
    expect(read(token, later(10 * WEEK))).toBeNull()
  })

  it('is void when any one bit of it is changed', () => {
    const bytes = Buffer.from(tokenOf(create()), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(read(changed.toString('base64url'))).toBeNull()
    }
  })

  it('is void when it is cut, lengthened, or written another way', () => {
    const token = tokenOf(create())
    for (let length = 0; length < token.length; length++) expect(read(token.slice(0, length))).toBeNull()
    for (const changed of [
      `${token}A`,
      `${token}AAAA`,
      `A${token}`,
      `${token}=`,
      `${token}.`,
      ` ${token}`,
      `${token}\n`,
      token.toUpperCase(),
    ]) {
      expect(read(changed)).toBeNull()
    }
  })

  it('cannot be put together from two others', () => {
    const approve = Buffer.from(tokenOf(create()), 'base64url')
    const spam = Buffer.from(tokenOf(create({ action: 'spam' })), 'base64url')
    const mixed = Buffer.concat([approve.subarray(0, -32), spam.subarray(-32)])
    expect(read(mixed.toString('base64url'))).toBeNull()
  })

  it('is void under another secret', () => {
    const other = deriveKeys('a secret of somebody else')
    expect(readMailLink({ keys: other, token: tokenOf(create()), now: at })).toBeNull()
  })

  it.each(['', 'x', '..', '%00', 'A'.repeat(40), 'A'.repeat(120), 'A'.repeat(100_000), '🙂'])('is not %j', (token) => {
    expect(read(token.slice(0, 100_000))).toBeNull()
  })
})
