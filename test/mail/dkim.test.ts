import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ConfigError, parseConfig } from '../../src/config.ts'
import { createMailer } from '../../src/mail/choose.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { startMailbox } from '../support/mailbox.ts'
import { newDataDir, run } from '../process/run.ts'
import { NOON, sampleMail } from './samples.ts'

const clock = () => NOON
const pem = (key: { export: (options: { type: 'pkcs8'; format: 'pem' }) => string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString()
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY = pem(privateKey)
const unsubscribe = { 'List-Unsubscribe': '<https://balas.example/u/x>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

/** The mail as a server gets it that is sent under this configuration. */
async function sent(env: Record<string, string>, mail: Mail = sampleMail({ headers: { ...sampleMail().headers, ...unsubscribe } })) {
  const mailbox = await startMailbox()
  const config = parseConfig({ SMTP_URL: mailbox.url, MAIL_FROM: 'Balas <balas@warta.example>', ...env })
  const mailer = createMailer({ config, clock })
  await mailer.send(mail)
  await mailer.close()
  await mailbox.stop()
  return mailbox.mails[0]?.raw ?? ''
}

/** The tags of a mail's signature, and whether it holds (RFC 6376, section 6.1.3, for relaxed/relaxed and rsa-sha256). */
function verify(raw: string) {
  const end = raw.indexOf('\r\n\r\n')
  const fields = raw.slice(0, end).split(/\r\n(?![ \t])/)
  const relaxed = (field: string) => {
    const [, name = '', value = ''] = /^([^:]+):([\s\S]*)$/.exec(field) ?? []
    return `${name.trim().toLowerCase()}:${value
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`
  }
  const nameOf = (field: string) => field.split(':')[0]?.trim().toLowerCase()
  const signature = fields.find((field) => nameOf(field) === 'dkim-signature') ?? ''
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => tag.replace(/\s+/g, '').split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
  const lines = raw
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  const body = `${lines.join('\r\n').replace(/(\r\n)*$/, '')}\r\n`
  const bodyHolds = createHash('sha256').update(body, 'latin1').digest('base64') === tags['bh']
  const covered = (tags['h'] ?? '').toLowerCase().split(':')
  const signed = [
    ...covered.map((name) => relaxed(fields.findLast((field) => nameOf(field) === name) ?? '')),
    relaxed(signature.replace(/\bb=[\s\S]*$/, 'b=')),
  ].join('\r\n')
  const holds =
    bodyHolds &&
    createVerify('RSA-SHA256')
      .update(signed, 'latin1')
      .verify(publicKey, tags['b'] ?? '', 'base64')
  return { tags, covered, holds }
}

describe('a mail under a DKIM key', () => {
  it('carries a signature that holds, of the sender’s domain, over everything that a reader or a program goes by', async () => {
    const raw = await sent({ DKIM_SELECTOR: 'balas2026', DKIM_PRIVATE_KEY: KEY })
    const { tags, covered, holds } = verify(raw)
    expect(holds).toBe(true)
    expect(tags).toMatchObject({ v: '1', a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'warta.example', s: 'balas2026' })
    const wanted = ['from', 'to', 'subject', 'date', 'message-id', 'list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted']
    expect(covered).toEqual(expect.arrayContaining(wanted))
    expect(verify(raw.replace('Komentar', 'Komen')).holds).toBe(false)
    expect(verify(raw.replace('One-Click', 'Two-Click')).holds).toBe(false)
    expect(verify(raw.replace('Satu titik', 'Dua titik')).holds).toBe(false)
  })

  it('takes the key from a file or with its line ends spelled out, and another domain than the sender’s', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'balas-dkim-')), 'dkim.pem')
    await writeFile(file, KEY)
    const { tags, holds } = verify(await sent({ DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: file, DKIM_DOMAIN: 'news.example' }))
    expect({ d: tags['d'], holds }).toEqual({ d: 'news.example', holds: true })
    expect(verify(await sent({ DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: KEY.replaceAll('\n', '\\n') })).holds).toBe(true)
  })

  it('goes unsigned when no key is set', async () => {
    expect(await sent({})).not.toMatch(/^DKIM-Signature/im)
  })
})

describe('a wrong DKIM setting', () => {
  const short = pem(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey)
  const ed = pem(generateKeyPairSync('ed25519').privateKey)
  it.each<[string, Record<string, string>, string]>([
    ['a selector alone', { DKIM_SELECTOR: 's' }, 'DKIM_PRIVATE_KEY must be set'],
    ['a key alone', { DKIM_PRIVATE_KEY: KEY }, 'DKIM_SELECTOR must be set'],
    ['a domain alone', { DKIM_DOMAIN: 'news.example' }, 'DKIM_SELECTOR must be set'],
    ['half a key', { DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: KEY.slice(0, 400) }, 'DKIM_PRIVATE_KEY is not a private key'],
    ['no file', { DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: '/nowhere/dkim.pem' }, 'DKIM_PRIVATE_KEY is neither'],
    ['a key too short', { DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: short }, 'DKIM_PRIVATE_KEY is too short'],
    ['a key of another kind', { DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: ed }, 'DKIM_PRIVATE_KEY must be an RSA key'],
    ['no selector', { DKIM_SELECTOR: 'a b', DKIM_PRIVATE_KEY: KEY }, 'DKIM_SELECTOR must be a name'],
    ['no domain', { DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: KEY, DKIM_DOMAIN: 'https://news.example' }, 'DKIM_DOMAIN must be'],
  ])('is refused: %s', (_what, env, message) => {
    const create = () => createMailer({ config: parseConfig(env), clock })
    expect(create).toThrow(ConfigError)
    expect(create).toThrow(message)
    expect(create).not.toThrow('BEGIN')
  })

  it('keeps the server from starting, with a sentence that names it', async () => {
    const env = { DATA_DIR: await newDataDir(), PORT: '0', DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: '/nowhere/dkim.pem' }
    expect(await run('server.js', [], { env })).toMatchObject({
      code: 1,
      stderr: 'DKIM_PRIVATE_KEY is neither a key (PEM) nor a file that can be read (ENOENT)\n',
    })
  })
})
