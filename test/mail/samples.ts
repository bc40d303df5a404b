import type { Mail } from '../../src/mail/mailer.ts'

/** A mail in which nothing is wrong. */
export const sampleMail = (changes: Partial<Mail> = {}): Mail => ({
  to: 'budi@example.org',
  subject: 'Komentar menunggu: “Banjir” – Warta Kota',
  text: 'Ada komentar yang menunggu Anda.\n\n.\nSatu titik di baris sendiri.\n',
  html: '<!doctype html><p>Ada komentar yang menunggu Anda.</p>',
  messageId: '<0193d9a0-0000-7000-8000-000000000001@warta.example>',
  headers: { 'Auto-Submitted': 'auto-generated', 'List-Id': '<warta.comments.warta.example>' },
  ...changes,
})

export const NOON = new Date('2025-12-18T05:00:00.000Z')

/** Recipients that are not exactly one address. */
export const badRecipients = [
  'a@b.c, d@e.f',
  'a@b.c; d@e.f',
  'a@b.c d@e.f',
  'a@b.c\r\nBcc: d@e.f',
  'a@b.c\n',
  'a@b.c\u2028x',
  'Budi <a@b.c>',
  'list: a@b.c;',
  '<a@b.c>',
  'a@b@c.d',
  '"a b"@c.d',
  'a(comment)@c.d',
  'a@[127.0.0.1]',
  '.a@b.c',
  'a..b@c.d',
  'a@b..c',
  'a@-b.c',
  'a@',
  '@b.c',
  'a',
  '',
  `${'a'.repeat(65)}@b.c`,
  `a@${'b'.repeat(260)}.c`,
]
