import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parseConfig } from '../../src/config.ts'
import { createMailer } from '../../src/mail/choose.ts'
import { type Mailer, MailRefused } from '../../src/mail/mailer.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { type Mailbox, type Moment, type Reply, startMailbox } from '../support/mailbox.ts'
import { badRecipients, NOON, sampleMail } from './samples.ts'

const from = 'Balas <balas@warta.example>'
const clock = () => NOON
let mailbox: Mailbox
let mailer: Mailer

beforeEach(async () => {
  mailbox = await startMailbox()
  mailer = smtpMailer({ url: mailbox.url, from, clock, patience: { answerMs: 300, mailMs: 800 } })
})
afterEach(async () => {
  await mailer.close()
  await mailbox.stop()
})

const refused = (at: Moment['at'], code: number, text: string) =>
  mailbox.answer((moment): Reply => (moment.at === at ? { code, text } : 'take'))
const failure = () =>
  mailer.send(sampleMail()).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('sending by SMTP', () => {
  it('hands on both parts and every header, to one recipient', async () => {
    const { response } = await mailer.send(sampleMail())

    expect(response).toMatch(/^250 /)
    const [mail] = await mailbox.waitForMail(1)
    expect(mail?.envelope).toEqual({ from: 'balas@warta.example', to: ['budi@example.org'] })
    expect(mail?.from?.value).toEqual([{ name: 'Balas', address: 'balas@warta.example' }])
    expect(mail?.subject).toBe('Komentar menunggu: “Banjir” – Warta Kota')
    expect(mail?.text).toBe(sampleMail().text)
    expect(mail?.html).toContain('<p>Ada komentar')
    expect(mail?.messageId).toBe(sampleMail().messageId)
    expect(mail?.date).toEqual(NOON)
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(mail?.raw).toMatch(/^List-I[dD]: <warta\.comments\.warta\.example>\r$/m)
  })

  it('keeps a connection for the next mail', async () => {
    let connections = 0
    mailbox.answer((moment) => {
      if (moment.at === 'connect') connections += 1
      return 'take'
    })
    for (const number of [1, 2, 3]) await mailer.send(sampleMail({ messageId: `<${number}@warta.example>` }))
    expect(mailbox.mails.map(({ messageId }) => messageId)).toEqual(['<1@warta.example>', '<2@warta.example>', '<3@warta.example>'])
    expect(connections).toBe(1)
  })

  it.each(badRecipients)('asks no server about the recipient %j', async (to) => {
    let asked = false
    mailbox.answer(() => {
      asked = true
      return 'take'
    })
    await expect(mailer.send(sampleMail({ to }))).rejects.toThrow(MailRefused)
    expect(asked).toBe(false)
  })

  it('reads no file and fetches no URL that a text names', async () => {
    const text = '{ "path": "/etc/passwd" } href=http://127.0.0.1/'
    await mailer.send(sampleMail({ text, html: text }))
    expect(mailbox.mails[0]?.text?.trim()).toBe(text)
  })

  it('is chosen when SMTP_URL is set', async () => {
    const chosen = createMailer({ config: parseConfig({ SMTP_URL: mailbox.url, MAIL_FROM: from, DATA_DIR: '/nowhere' }), clock })
    await chosen.verify?.()
    await chosen.send(sampleMail())
    await chosen.close()
    expect(mailbox.mails).toHaveLength(1)
  })
})

describe('a mail that an SMTP server refuses', () => {
  it.each<[Moment['at'], number, string]>([
    ['recipient', 550, '5.1.1 no such user'],
    ['data', 554, '5.7.1 looks like spam'],
    ['data', 552, '5.3.4 too big'],
  ])('is refused for good at %s with %i', async (at, code, text) => {
    refused(at, code, text)
    const error = await failure()
    expect(error).toBeInstanceOf(MailRefused)
    expect(error).toHaveProperty('message', `${code} ${text}`)
  })

  it.each<[Moment['at'], number, string]>([
    ['connect', 554, 'go away'],
    ['connect', 421, 'closing'],
    ['sender', 550, 'who are you'],
    ['sender', 451, 'later'],
    ['recipient', 530, '5.7.0 authentication required'],
    ['recipient', 450, '4.2.0 greylisted'],
    ['recipient', 503, 'bad sequence'],
    ['data', 451, '4.3.0 later'],
    ['data', 421, '4.3.2 shutting down'],
  ])('may be tried again after %s says %i', async (at, code, text) => {
    refused(at, code, text)
    const error = await failure()
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(MailRefused)
    expect(String(error)).toContain(text)
  })

  it.each<[Reply, Moment['at']]>([
    ['hang', 'connect'],
    ['hang', 'recipient'],
    ['hang', 'data'],
    ['drop', 'connect'],
    ['drop', 'recipient'],
    ['drop', 'data'],
  ])('may be tried again after a %s at %s, which ends in time', async (reply, at) => {
    mailbox.answer((moment) => (moment.at === at ? reply : 'take'))
    const error = await failure()
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(MailRefused)
    mailbox.answer(() => 'take')
    await mailer.send(sampleMail())
    expect(mailbox.mails).toHaveLength(1)
  })

  it('may be tried again when nobody listens', async () => {
    await mailbox.stop()
    expect(await failure()).toMatchObject({ originalCode: 'ECONNREFUSED' })
  })
})
