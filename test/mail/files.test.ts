import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { simpleParser } from 'mailparser'
import { ConfigError, parseConfig } from '../../src/config.ts'
import { createMailer, mailFolder } from '../../src/mail/choose.ts'
import { fileMailer } from '../../src/mail/files.ts'
import { MailRefused } from '../../src/mail/mailer.ts'
import { NOON, sampleMail } from './samples.ts'

const from = 'Balas <balas@warta.example>'
let folder: string
let now = NOON

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balas-mail-'))
  now = NOON
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const mailer = () => fileMailer({ dir: join(folder, 'mail'), from, clock: () => now })
const files = () => readdir(join(folder, 'mail'))

describe('mails as files', () => {
  it('can be read only by the server’s user, and by any mail program', async () => {
    const { response } = await mailer().send(sampleMail())

    const [name = '', ...others] = await files()
    expect(others).toEqual([])
    expect(response).toBe(`written to ${name}`)
    const path = join(folder, 'mail', name)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'mail'))).mode & 0o777).toBe(0o700)
    const mail = await simpleParser(await readFile(path))
    expect(mail.messageId).toBe(sampleMail().messageId)
    expect(mail.from?.text).toBe('"Balas" <balas@warta.example>')
    expect(mail.subject).toBe(sampleMail().subject)
    expect(mail.text).toBe(sampleMail().text)
    expect(mail.html).toContain('<p>Ada komentar')
    expect(mail.date).toEqual(NOON)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  })

  it('have names that sort by time, one for each Message-ID', async () => {
    await mailer().send(sampleMail({ messageId: '<2@warta.example>' }))
    await mailer().send(sampleMail({ messageId: '<1@warta.example>' }))
    now = new Date(NOON.getTime() + 1)
    await mailer().send(sampleMail({ messageId: '<0@warta.example>' }))

    const names = (await files()).toSorted()
    expect(names).toHaveLength(3)
    expect(names[2]).toMatch(/^20251218-050000-001-[0-9a-f]{16}\.eml$/)
  })

  it('are not written for a recipient that is not one address', async () => {
    await expect(mailer().send(sampleMail({ to: 'a@b.c, d@e.f' }))).rejects.toThrow(MailRefused)
    await expect(files()).rejects.toThrow('ENOENT')
  })
})

describe('the mailer of a configuration', () => {
  it('writes files into the data folder when there is no mail server', async () => {
    const chosen = createMailer({ config: parseConfig({ MAIL_FROM: from, DATA_DIR: folder }), clock: () => now })
    await chosen.verify?.()
    await chosen.send(sampleMail())
    expect(await readdir(mailFolder(folder))).toHaveLength(1)
  })

  it('refuses a sender that is not one address', () => {
    expect(() => createMailer({ config: parseConfig({ MAIL_FROM: 'nobody', DATA_DIR: folder }), clock: () => now })).toThrow(ConfigError)
  })
})
