import { describe, expect, it } from '@jest/globals'
import { ConfigError } from '../../src/config.ts'
import { MailRefused } from '../../src/mail/mailer.ts'
import { isAddress, mailDomain, readSender, toMessage } from '../../src/mail/message.ts'
import { badRecipients, NOON, sampleMail } from './samples.ts'

const sender = { name: 'Balas', address: 'balas@warta.example' }

describe('a mail’s recipient', () => {
  it.each([
    'budi@example.org',
    'budi.s+komentar@mail.example.co.id',
    "o'neill@example.org",
    'root@localhost',
    'dwi@bücher.example',
    '佐藤@例え.jp',
  ])('may be %s', (address) => {
    expect(isAddress(address)).toBe(true)
  })

  it.each(badRecipients)('may not be %j', (to) => {
    expect(() => toMessage({ mail: sampleMail({ to }), sender, at: NOON })).toThrow(MailRefused)
  })
})

describe('a mail’s headers', () => {
  it.each([
    ['subject', { subject: 'Halo\r\nBcc: x@evil.example' }],
    ['subject with a bare LF', { subject: 'Halo\nBcc: x@evil.example' }],
    ['subject with a line separator', { subject: 'Halo\u2028Bcc: x@evil.example' }],
    ['subject with NUL', { subject: 'Halo\0' }],
    ['header value', { headers: { 'List-Id': '<a>\r\nBcc: x@evil.example' } }],
    ['header name', { headers: { 'X-A: b\r\nBcc': 'x@evil.example' } }],
    ['Message-ID', { messageId: '<a@b>\r\nBcc: x@evil.example' }],
    ['Message-ID that is none', { messageId: 'a@b' }],
  ])('refuse a line break in the %s', (_name, changes) => {
    expect(() => toMessage({ mail: sampleMail(changes), sender, at: NOON })).toThrow(MailRefused)
  })
})

describe('MAIL_FROM', () => {
  it('is an address, or a name and an address', () => {
    expect(readSender('Warta Kota <Balas@Warta.example>')).toEqual({ name: 'Warta Kota', address: 'Balas@Warta.example' })
    expect(readSender('"Warta, Kota" <balas@warta.example>')).toEqual({ name: 'Warta, Kota', address: 'balas@warta.example' })
    expect(readSender('balas@localhost')).toEqual({ name: '', address: 'balas@localhost' })
    expect(mailDomain('Warta Kota <Balas@Warta.example>')).toBe('warta.example')
  })

  it.each(['Balas', 'a@b.c, d@e.f', 'Balas <a@b.c> <d@e.f>', 'Balas <a@b.c>\r\nBcc: d@e.f', '<>'])('may not be %j', (from) => {
    expect(() => readSender(from)).toThrow(ConfigError)
  })
})
