import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { violations } from './axe.ts'
import { DESK, PHONE, picture } from './browser.ts'
import { box, field, type Readers, said, startReaders, write } from './reader.ts'

let readers: Readers
let article = ''
beforeAll(async () => {
  readers = await startReaders()
  article = readers.paper.article()
  const root = await readers.paper.reply(article, {
    name: 'Sari Wulandari',
    website: 'https://sari.example',
    body: 'Satu <blockquote>dua</blockquote> <a href="https://a.example">tiga</a> <code>empat</code>',
  })
  await readers.paper.decide(root.id, 'approve')
  const reply = await readers.paper.reply(article, { parentId: root.id, name: 'Ahmad' })
  await readers.paper.decide(reply.id, 'approve')
  const gone = await readers.paper.reply(article, { parentId: reply.id })
  await readers.paper.decide(gone.id, 'approve')
  const below = await readers.paper.reply(article, { parentId: gone.id })
  await readers.paper.decide(below.id, 'approve')
  await readers.paper.decide(gone.id, 'reject')
  await readers.paper.api('POST', `/moderation/comments/${root.id}/replies`, { body: 'Dari redaksi' })
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

let written = 0

/** Every state of the widget at once: forms open, an error, an own comment that waits. */
async function fillStates(page: Page) {
  await write(page, { body: `Milik saya <b>tebal</b> ${++written}` })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await box(page).getByRole('button', { name: 'Balas komentar Ahmad' }).click()
  await box(page).getByRole('button', { name: 'Laporkan komentar Ahmad' }).click()
  await write(page, { body: 'Salah', email: 'x' })
  await box(page).getByText('Isi alamat email yang lengkap').waitFor()
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the widget, ${theme}`, async () => {
    const page = await readers.visit(`${readers.paper.balas}/demo`, { colorScheme: theme, bypassCSP: true })
    const url = `${readers.paper.balas}/demo`
    const comment = await readers.paper.reply(url, { name: 'Ahmad', body: 'Di halaman contoh' })
    await readers.paper.decide(comment.id, 'approve')
    await box(page).getByRole('button', { name: 'Balas komentar Ahmad' }).first().waitFor()
    await write(page, { body: `Milik saya ${theme}` })
    await box(page).getByText('Menunggu persetujuan', { exact: true }).first().waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, `demo-${theme}`)
  })
}

test('axe finds nothing with every form open, on a phone', async () => {
  const page = await readers.visit(article, { viewport: PHONE, bypassCSP: true })
  await fillStates(page)
  await picture(page, 'widget-states-phone')
  expect(await violations(page)).toEqual([])
})

test('nothing has to be scrolled sideways at 320 pixels, or at twice the size of letters', async () => {
  const page = await readers.visit(article, { viewport: { width: 320, height: 600 } })
  await fillStates(page)
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await sideways()).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: DESK.width / 2, height: DESK.height / 2 })
  expect(await sideways()).toBeLessThanOrEqual(0)
})

test('axe finds nothing on the pages without JavaScript', async () => {
  const { balas } = readers.paper
  for (const path of ['/demo/plain', `/sites/default/thread?url=${encodeURIComponent(article)}`]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await readers.visit(balas + path, { colorScheme, bypassCSP: true })
      expect(await violations(page)).toEqual([])
    }
  }
})

test('axe finds nothing on the page behind a mailed link, before and after the decision', async () => {
  await readers.paper.reply(article, {
    name: 'Dari surel',
    website: 'https://situs.example',
    body: 'Menunggu <b>keputusan</b> https://a.example https://b.example',
  })
  const page = await readers.visit(await readers.paper.mailLink('https://b.example', 'approve'), { viewport: PHONE, bypassCSP: true })
  await picture(page, 'decide-phone')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button').first().click()
  expect(await violations(page)).toEqual([])
})

test('axe finds nothing where readers confirm mails and stop them, on a phone and in the dark', async () => {
  await readers.paper.api('PATCH', '/sites/default', { settings: { tellReadersAfterSeconds: 0 } })
  const url = readers.paper.article()
  const { id } = await readers.paper.reply(url, { followReplies: true })
  await readers.paper.decide(id, 'approve')
  const confirm = await readers.visit(await readers.paper.followLink(url, 'confirm'), { viewport: PHONE, bypassCSP: true })
  await picture(confirm, 'follow-confirm-phone')
  expect(await violations(confirm)).toEqual([])
  await confirm.getByRole('button', { name: 'Ya, kirimi saya email' }).click()
  await confirm.getByRole('heading', { name: 'Alamat Anda sudah dikonfirmasi' }).waitFor()
  expect(await violations(confirm)).toEqual([])

  const stop = await readers.visit(await readers.paper.followLink(url, 'stop'), { viewport: DESK, colorScheme: 'dark', bypassCSP: true })
  await picture(stop, 'follow-stop-desk')
  expect(await violations(stop)).toEqual([])
  await stop.getByRole('button', { name: 'Hentikan untuk artikel ini' }).click()
  await stop.getByText('tidak lagi mendapat email tentang balasan di artikel ini').waitFor()
  await picture(stop, 'follow-stopped-desk')
  expect(await violations(stop)).toEqual([])
  await stop.getByRole('button', { name: 'Terima email ini lagi' }).click()
  await stop.getByText('Mana yang dihentikan?').waitFor()
})

test('axe finds nothing on the page that names what is wrong with a reply', async () => {
  const page = await readers.visit(`${readers.paper.balas}/demo/plain`, { bypassCSP: true })
  await page.locator('#commentform').evaluate((form) => form.setAttribute('novalidate', ''))
  await page.fill('[name=email]', 'x')
  await page.click('button[type=submit]')
  await page.getByRole('alert').waitFor()
  expect(await violations(page)).toEqual([])
})

test('the whole way by keyboard, and what happens is said', async () => {
  const page = await readers.visit(article)
  await field(box(page), 'Komentar').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('name'))
  while ((await focused()) !== 'body') await page.keyboard.press('Tab')
  await page.keyboard.type('Ditulis tanpa tetikus')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('name')
  await page.keyboard.type('Dewi')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('email')
  await page.keyboard.type('dewi@example.com')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('remember')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('followReplies')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await said(page).getByText('menunggu persetujuan').waitFor()
  const focusedText = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '')
  expect(await focusedText()).toContain('Ditulis tanpa tetikus')
  await page.keyboard.press('Tab')
  expect(await focusedText()).toBe('Ubah')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('name') === 'body')
})

test.each([
  ['en', 'ltr', 'Post Comment', /^\d comments$/],
  ['ar', 'rtl', 'إرسال التعليق', /^3 تعليقات$/],
  ['de', 'ltr', 'Kommentar abschicken', /^\d Kommentare$/],
])('speaks %s, written %s', async (lang, dir, submit, count) => {
  const url = readers.paper.article({ lang })
  for (let n = 0; n < 3; n++) await readers.paper.decide((await readers.paper.reply(url)).id, 'approve')
  const page = await readers.visit(url, { bypassCSP: true })
  await box(page).getByRole('heading', { name: count }).waitFor()
  expect(await box(page).locator('.balas').getAttribute('dir')).toBe(dir)
  await box(page).locator('textarea').focus()
  await box(page).getByRole('button', { name: submit }).waitFor()
  await picture(page, `widget-${lang}`)
  expect(await violations(page)).toEqual([])
})
