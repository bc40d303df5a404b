import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { openTab } from './browser.ts'
import { box, field, type Readers, said, startReaders, write } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const topOf = (page: Page, text: string) =>
  box(page)
    .getByText(text)
    .evaluate((element) => element.getBoundingClientRect().top)

test('a comment that arrives above does not move what one reads', async () => {
  const article = readers.paper.article({ attributes: 'data-order="newest"' })
  for (let n = 0; n < 12; n++) await readers.paper.publish(article, { body: `Baris ${n}` })
  const page = await readers.visit(article)
  await box(page).getByText('Baris 3', { exact: true }).scrollIntoViewIfNeeded()
  await box(page)
    .getByText('Baris 3', { exact: true })
    .evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const before = await topOf(page, 'Baris 3')
  await readers.paper.publish(article, { body: 'Yang datang di atas' })
  await box(page).getByText('Yang datang di atas').waitFor({ state: 'attached' })
  await said(page).getByText('1 komentar baru masuk').waitFor()
  expect(Math.abs((await topOf(page, 'Baris 3')) - before)).toBeLessThan(2)
  expect(readers.complaints()).toEqual([])
})

test('what one is typing stays while comments arrive around it', async () => {
  const article = readers.paper.article()
  await readers.paper.publish(article, { name: 'Sari' })
  const page = await readers.visit(article)
  await box(page).getByRole('button', { name: 'Balas komentar Sari' }).click()
  const form = box(page).getByRole('form', { name: 'Balas komentar Sari' })
  await field(form, 'Komentar').pressSequentially('Setengah ')
  await readers.paper.publish(article, { body: 'Sementara itu' })
  await box(page).getByText('Sementara itu').waitFor()
  await page.keyboard.type('kalimat')
  expect(await field(form, 'Komentar').inputValue()).toBe('Setengah kalimat')
})

test('a comment that is being answered stays, also when what arrives moves it to the next page', async () => {
  const article = readers.paper.article({ attributes: 'data-order="newest"' })
  await readers.paper.publish(article, { name: 'Sari', body: 'Yang paling lama' })
  for (let n = 1; n < 50; n++) await readers.paper.publish(article)
  const page = await readers.visit(article)
  await box(page).getByRole('button', { name: 'Balas komentar Sari' }).click()
  const form = box(page).getByRole('form', { name: 'Balas komentar Sari' })
  await field(form, 'Komentar').pressSequentially('Setengah ')
  await readers.paper.publish(article, { body: 'Yang ke-51' })
  await box(page).getByText('Yang ke-51').waitFor()
  await page.keyboard.type('kalimat')
  expect(await field(form, 'Komentar').inputValue()).toBe('Setengah kalimat')
  expect(await box(page).getByRole('article').count()).toBe(51)
})

test('seven tabs of one browser all load, and all hear of a new comment', async () => {
  const article = readers.paper.article()
  const first = await readers.visit(article)
  const tabs = [first]
  while (tabs.length < 7) {
    const { page } = await openTab(first.context(), [readers.paper.origin, readers.paper.balas])
    await page.goto(article)
    tabs.push(page)
  }
  for (const page of tabs) await box(page).getByText('Belum ada komentar').waitFor()
  const streams = await first.evaluate(
    async () => ((await navigator.locks.query()).held ?? []).filter(({ name }) => name?.startsWith('balas-')).length,
  )
  expect(streams).toBe(2)
  await readers.paper.publish(article, { body: 'Untuk semua' })
  for (const page of tabs) {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))) // what coming back to a tab does; polls come by the half minute
    await box(page).getByText('Untuk semua').waitFor()
  }
  const last = tabs.at(-1) ?? first
  await write(last, { body: 'Dari tab ketujuh' })
  await box(last).getByText('Menunggu persetujuan', { exact: true }).waitFor()
})

test('a link to a comment far down shows it, marked, with the way to all others', async () => {
  const article = readers.paper.article()
  const ids: string[] = []
  for (let n = 0; n < 60; n++) ids.push(await readers.paper.publish(article, { body: `Urutan ${n}` }))
  const page = await readers.visit(`${article}#comment-${ids[55]}`)
  const target = box(page).locator('.target')
  await target.getByText('Urutan 55').waitFor()
  expect(
    await target.evaluate((element) => element.getBoundingClientRect().top < innerHeight && element.getBoundingClientRect().bottom > 0),
  ).toBe(true)
  await box(page).getByRole('button', { name: 'Tampilkan semua komentar dari awal' }).click()
  await box(page).getByText('Urutan 0', { exact: true }).waitFor()
  await box(page).getByRole('button', { name: 'Tampilkan komentar berikutnya' }).click()
  await box(page).getByText('Urutan 59').waitFor()
  expect(await box(page).getByRole('article').count()).toBe(60)
  await box(page).getByRole('button', { name: 'Terbaru' }).click()
  await box(page).getByText('Urutan 0', { exact: true }).waitFor({ state: 'detached' })
  expect(await box(page).getByRole('article').first().textContent()).toContain('Urutan 59')
})

test('where no stream can be had it asks now and then', async () => {
  const article = readers.paper.article()
  const page = await readers.visit('about:blank')
  await page.clock.install()
  await page.route('**/events?**', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(article)
  await box(page).getByText('Belum ada komentar').waitFor()
  await readers.paper.publish(article, { body: 'Tanpa aliran' })
  await page.clock.runFor(31_000)
  await page.clock.runFor(1000)
  await box(page).getByText('Tanpa aliran').waitFor()
})
