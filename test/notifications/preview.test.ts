import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import { locales } from '../../src/locales/index.ts'
import { lengthOf } from '../../src/mail/text.ts'
import { mailKind } from '../../src/web/admin/parts/mail-kind.ts'
import { newDataDir, run } from '../process/run.ts'
import { startApp } from '../support/app.ts'

interface Preview {
  kind: string
  locale: string
  subject: string
  headers: { name: string; value: string }[]
  text: string
  html: string
}
const path = '/api/v1/sites/default/mail/previews'

describe('previews of mails', () => {
  test('show every kind in every language, as it would go out', async () => {
    const app = await startApp()
    const key = await app.keyFor('moderator', 'default')
    const { kinds } = (await app.http.get(path).set(key)).body as { kinds: string[] }
    expect(kinds).toEqual(expect.arrayContaining(['comment.held', 'edit.held', 'member.invited', 'member.added', 'account.reset']))
    for (const kind of kinds) {
      expect(mailKind((name) => `text ${name}`, kind)).toBe(`text admin.mail.kind.${kind}`)
      const seen = new Set<string>()
      for (const locale of locales) {
        const { preview } = (await app.http.get(`${path}/${kind}`).query({ locale }).set(key)).body as { preview: Preview }
        expect(preview).toMatchObject({ kind, locale })
        expect(lengthOf(preview.subject)).toBeLessThanOrEqual(78)
        expect(preview.html).toContain(`lang="${locale}"`)
        expect(preview.text.length).toBeGreaterThan(40)
        expect(preview.text + preview.html).not.toMatch(/\{\{|undefined|\[object/)
        expect(preview.headers.map(({ name }) => name)).toEqual(
          expect.arrayContaining(['From', 'To', 'Subject', 'Message-ID', 'Auto-Submitted']),
        )
        seen.add(preview.subject)
      }
      expect(seen.size).toBeGreaterThanOrEqual(locales.length - 1) // Malay and Indonesian may say the same
    }
  })

  test('give the mail as a page that may do nothing but style itself, within our own frames', async () => {
    const app = await startApp()
    const key = await app.keyFor('moderator', 'default')
    const page = await app.http.get(`${path}/comment.held`).query({ format: 'html' }).set(key)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    const policy = String(page.headers['content-security-policy'])
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox', "frame-ancestors 'self'"]))
    expect(policy).not.toContain('script-src')
    const whole = await app.http.get(`${path}/comment.held`).query({ format: 'eml', locale: 'ar' }).set(key).buffer(true)
    expect(whole.headers['content-type']).toBe('message/rfc822')
    expect((await app.http.get(`${path}/nothing`).set(key)).status).toBe(404)
    expect((await app.http.get(`${path}/__proto__`).set(key)).status).toBe(404)
    expect((await app.http.get(`${path}/comment.held`).query({ locale: 'xx' }).set(key)).status).toBe(422)
  })

  test('come from the command line, on standard output or as files that mail programs open', async () => {
    const env = { DATA_DIR: await newDataDir() }
    const printed = await run('cli.js', ['mail', 'preview', '--kind', 'comment.held', '--locale', 'en'], { env })
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(await simpleParser(printed.stdout)).toMatchObject({
      subject: 'Comment waiting: “Flood in the north” – Situs saya',
      text: expect.stringContaining('> The water has stood knee-deep'),
      html: expect.stringContaining('<h1'),
    })
    const out = join(env.DATA_DIR, 'mails')
    const files = await run('cli.js', ['mail', 'preview', '--out', out], { env })
    expect(files.stdout.trim().split('\n')).toContain(join(out, 'member.added.id.eml'))
    expect((await simpleParser(await readFile(join(out, 'member.added.id.eml')))).subject).toContain('Situs saya')
    const unknown = await run('cli.js', ['mail', 'preview', '--kind', 'nothing'], { env })
    expect(unknown).toMatchObject({ code: 1, stderr: 'There is no mail of the kind "nothing".\n' })
  })
})
