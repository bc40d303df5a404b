import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { box, field, type Readers, said, startReaders, write } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const focused = (page: Page) => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '')
/** Waits until what has the focus holds some words. */
const focus = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.shadowRoot?.activeElement?.textContent?.includes(text), words)

async function press(page: Page, name: string) {
  await box(page).getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

async function withdraw(page: Page) {
  await press(page, 'Tarik kembali')
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.className === 'danger')
  await page.keyboard.press('Enter')
}

test('after the last page of comments the focus is at the first of them, not lost with the button', async () => {
  const article = readers.paper.article()
  for (let n = 0; n < 52; n++) await readers.paper.publish(article, { body: `Urutan ${n}.` })
  const page = await readers.visit(article)
  await box(page).getByText('Urutan 49.').waitFor()
  await press(page, 'Tampilkan komentar berikutnya')
  await focus(page, 'Urutan 50.')
  expect(await box(page).getByRole('button', { name: 'Tampilkan komentar berikutnya' }).count()).toBe(0)
})

test('whoever withdraws a comment is led to what stands before it, and hears of it once', async () => {
  const article = readers.paper.article()
  await readers.paper.publish(article, { name: 'Sari', body: 'Yang pertama' })
  const page = await readers.visit(article)
  await press(page, 'Balas komentar Sari')
  await write(page, { form: box(page).getByRole('form', { name: 'Balas komentar Sari' }), body: 'Balasan' })
  await focus(page, 'Balasan')
  await withdraw(page)
  await said(page).getByText('sudah ditarik kembali').waitFor()
  await focus(page, 'Yang pertama')

  await write(page, { body: 'Paling atas' })
  await focus(page, 'Paling atas')
  await withdraw(page)
  await focus(page, '1 komentar')
})

test('whoever reports a comment is led to the thanks, which nothing says a second time', async () => {
  const article = readers.paper.article()
  await readers.paper.publish(article, { name: 'Sari' })
  const page = await readers.visit(article)
  await press(page, 'Laporkan komentar Sari')
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('name') === 'reason')
  await page.keyboard.press('Enter')
  await focus(page, 'Moderator akan memeriksanya')
  expect(await said(page).textContent()).not.toContain('Moderator')
})

test('Ctrl and Enter send what is written, once', async () => {
  const page = await readers.visit(readers.paper.article())
  const form = box(page).locator('form').first()
  await field(form, 'Komentar').fill('Dengan papan ketik')
  await field(form, 'Nama').fill('Dewi')
  await field(form, 'Email').fill('dewi@example.com')
  await page.keyboard.press('Control+Enter')
  await focus(page, 'Dengan papan ketik')
  expect((await readers.paper.pending()).filter(({ body }) => body === 'Dengan papan ketik')).toHaveLength(1)
  expect(await focused(page)).toContain('Menunggu persetujuan')
})

test('without a connection nothing promises to send a change later', async () => {
  const page = await readers.visit(readers.paper.article())
  await write(page, { body: 'Sudah terkirim' })
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await page.context().setOffline(true)
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  expect(await box(page).getByRole('alert').textContent()).toBe('Tidak ada koneksi.')
  await page.context().setOffline(false)
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  await said(page).getByText('Perubahan Anda tersimpan').waitFor()
})
