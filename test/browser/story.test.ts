import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import type { Browser } from 'playwright-core'
import { type BenchServer, newDataDir, startProcess } from '../bench/server.ts'
import { DESK, launch, openPage, PHONE, picture } from './browser.ts'

let browser: Browser
let server: Omit<BenchServer, 'file'>
let dataDir: string
let output = ''

beforeAll(async () => {
  dataDir = await newDataDir()
  browser = await launch()
  const env = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }
  server = await startProcess({ args: [join(import.meta.dirname, '../../dist/server.js')], env, onOutput: (text) => (output += text) })
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
  await browser.close()
})

const until = async <T>(look: () => Promise<T | undefined | null | false>): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it never came')
}

test('without JavaScript, on a phone: owner is made, a reply waits, is approved from the mail, and stands under the article', async () => {
  const setupUrl = await until(async () => /http\S+\/setup\/\S+/.exec(output)?.[0])
  const owner = await openPage(browser, { own: server.url, viewport: DESK, javaScriptEnabled: false })
  await owner.page.goto(setupUrl)
  await picture(owner.page, 'setup')
  await owner.page.fill('[name=name]', 'Sari Wulandari')
  await owner.page.fill('[name=email]', 'sari@warta.example')
  await owner.page.fill('[name=password]', 'kereta-malam-berangkat')
  await owner.page.click('button[type=submit]')
  await picture(owner.page, 'setup-done')
  expect(await owner.page.textContent('h1')).toContain('Sari')

  const reader = await openPage(browser, { own: server.url, viewport: PHONE, javaScriptEnabled: false })
  await reader.page.goto(`${server.url}/demo/plain`)
  await picture(reader.page, 'demo-phone')
  await reader.page.fill('[name=author]', 'Budi Santoso')
  await reader.page.fill('[name=email]', 'budi.santoso@reader.example')
  await reader.page.fill('[name=comment]', 'Kakek saya dulu masinis di jalur ini.\n\nSemoga perpustakaannya <b>ramai</b>!')
  await reader.page.check('[name=wp-comment-cookies-consent]')
  await reader.page.click('button[type=submit]')
  expect(reader.page.url()).toContain('/sites/default/thread')
  expect(reader.page.url()).toMatch(/#your-comment$/)
  await picture(reader.page, 'thread-waiting-phone')
  expect(await reader.page.textContent('#your-comment')).toContain('Kakek saya dulu masinis')
  expect(await reader.page.inputValue('[name=author]')).toBe('Budi Santoso')

  const stranger = await openPage(browser, { own: server.url, viewport: DESK, javaScriptEnabled: false })
  await stranger.page.goto(reader.page.url())
  expect(await stranger.page.textContent('body')).not.toContain('Kakek saya dulu masinis')

  const file = await until(async () => (await readdir(join(dataDir, 'mail')).catch(() => [])).find((name) => name.endsWith('.eml')))
  const mail = await simpleParser(await readFile(join(dataDir, 'mail', file)))
  const link = /http\S+\/moderate\/\S+/.exec(mail.text ?? '')?.[0] ?? ''
  await owner.page.goto(link)
  await picture(owner.page, 'decide')
  expect(await owner.page.textContent('main')).toContain('Kakek saya dulu masinis')
  await owner.page.click('button[type=submit]')
  await picture(owner.page, 'decided')

  await stranger.page.goto(`${server.url}/demo/plain`)
  expect(await stranger.page.textContent('main')).toContain('Kakek saya dulu masinis')
  expect(await stranger.page.content()).not.toContain('reader.example')
  await picture(stranger.page, 'demo-desk')
  await stranger.page.goto(`${server.url}/sites/default/thread?url=${encodeURIComponent(`${server.url}/demo/plain`)}`)
  await picture(stranger.page, 'thread-desk')

  for (const { complaints, close } of [owner, reader, stranger]) {
    expect(complaints).toEqual([])
    await close()
  }
})

test('a reply with mistakes comes back with everything typed and the errors named', async () => {
  const reader = await openPage(browser, { own: server.url, viewport: PHONE, javaScriptEnabled: false })
  await reader.page.goto(`${server.url}/demo/plain`)
  await reader.page
    .locator('#commentform')
    .evaluate((form) => form.setAttribute('novalidate', ''))
    .catch(() => undefined)
  await reader.page.fill('[name=comment]', 'Teks yang panjang dan tidak boleh hilang')
  await reader.page.fill('[name=author]', 'Dewi')
  await reader.page.fill('[name=email]', 'dewi@salah')
  await reader.page.click('button[type=submit]')
  await picture(reader.page, 'error-phone')
  expect(await reader.page.inputValue('[name=comment]')).toBe('Teks yang panjang dan tidak boleh hilang')
  expect(await reader.page.getAttribute('[name=email]', 'aria-invalid')).toBe('true')
  await reader.close()
})

test('the API is described on a page that loads nothing from elsewhere', async () => {
  const visitor = await openPage(browser, { own: server.url, viewport: DESK })
  await visitor.page.goto(`${server.url}/docs`)
  await visitor.page.waitForSelector('.opblock')
  await picture(visitor.page, 'docs', false)
  expect(visitor.complaints).toEqual([])
  await visitor.close()
})
