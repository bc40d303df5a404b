import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Readers, startReaders } from './reader.ts'

let readers: Readers
let thanksPage: string
beforeAll(async () => {
  readers = await startReaders()
  thanksPage = readers.paper.page('Terima kasih')
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const SILENT = { 'Referrer-Policy': 'no-referrer' }

/** A comment form as WordPress prints it, sent to us, on a page that tells nobody its address. */
const form = (article: string) => `<form action="${readers.paper.balas}/sites/default/reply" method="post" id="commentform">
  <textarea name="comment"></textarea><input name="author"><input name="email" type="email"><input name="url" type="url">
  <input type="hidden" name="comment_post_ID" value="417"><input type="hidden" name="comment_parent" value="0">
  <input type="hidden" name="comment_post_url" value="${article}"><input type="hidden" name="redirect_to" value="${new URL(thanksPage).pathname}">
  <button name="submit">Kirim</button></form>`

async function send(page: Page, body: string) {
  await page.fill('[name=comment]', body)
  await page.fill('[name=author]', 'Budi')
  await page.fill('[name=email]', 'budi@example.com')
  await page.fill('[name=url]', 'https://budi.example')
  await page.click('button')
}
const held = async (text: string) => (await readers.paper.pending()).filter(({ body }) => body === text).length

test('from a neighbour of the server that keeps its address to itself, a reply is taken', async () => {
  const article = readers.paper.article()
  const page = await readers.visit(readers.paper.page(form(article), SILENT), { javaScriptEnabled: false })
  await send(page, 'Dari tetangga')
  expect(page.url()).toBe(thanksPage)
  expect(await held('Dari tetangga')).toBe(1)
})

test('from anywhere else it is kept, and taken once the reader sends it from our page', async () => {
  const article = readers.paper.article()
  const { port } = new URL(readers.paper.origin)
  const elsewhere = readers.paper.page(form(article), SILENT).replace(readers.paper.origin, `http://localhost:${port}`)
  const page = await readers.visit(elsewhere, { javaScriptEnabled: false, own: [`http://localhost:${port}`, readers.paper.balas] })
  await send(page, 'Dari jauh')
  expect(await page.getByRole('alert').innerText()).toContain('Tidak jelas apakah halaman asal Anda milik situs ini')
  expect(await held('Dari jauh')).toBe(0)
  expect(await page.inputValue('[name=comment]')).toBe('Dari jauh')
  await page.getByRole('button', { name: 'Kirim Komentar' }).click()
  expect(page.url()).toBe(thanksPage)
  expect(await held('Dari jauh')).toBe(1)
})
