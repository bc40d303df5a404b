import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { picture } from './browser.ts'
import { box, field, type Readers, startReaders, write } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const SUBMISSION = '**/api/v1/sites/default/comments'

test('a draft survives a reload, name and address with it', async () => {
  const page = await readers.visit(readers.paper.article())
  const form = box(page).locator('form').first()
  await field(form, 'Komentar').fill('Belum selesai')
  await page.reload()
  await box(page).getByText('Tulisan yang tadi Anda mulai masih ada di sini').waitFor()
  expect(await field(form, 'Komentar').inputValue()).toBe('Belum selesai')
})

test('so does a reply to a comment, below that comment', async () => {
  const article = readers.paper.article()
  await readers.paper.decide((await readers.paper.reply(article, { name: 'Sari' })).id, 'approve')
  const page = await readers.visit(article)
  await box(page).getByRole('button', { name: 'Balas komentar Sari' }).click()
  const form = box(page).getByRole('form', { name: 'Balas komentar Sari' })
  await field(form, 'Komentar').fill('Setuju, Bu')
  await page.reload()
  await form.waitFor()
  expect(await field(form, 'Komentar').inputValue()).toBe('Setuju, Bu')
  await form.getByRole('button', { name: 'Batalkan balasan' }).click()
  await page.reload()
  await box(page).getByRole('button', { name: 'Balas komentar Sari' }).waitFor()
  expect(await form.count()).toBe(0)
})

test('what cannot be sent is kept, and sent when the connection is back', async () => {
  const page = await readers.visit(readers.paper.article())
  await field(box(page), 'Komentar').focus()
  await page.context().setOffline(true)
  await write(page, { body: 'Ditulis di kereta' })
  await box(page).getByText('Tidak ada koneksi').waitFor()
  await picture(page, 'widget-offline')
  await page.context().setOffline(false)
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  const held = (await readers.paper.pending()).filter(({ body }) => body === 'Ditulis di kereta')
  expect(held).toHaveLength(1)
})

test('an answer that got lost, and a reload before the next try, never make two comments', async () => {
  const article = readers.paper.article()
  const page = await readers.visit(article)
  let tries = 0
  let isLosing = true
  await page.route(SUBMISSION, async (route) => {
    if (!isLosing) return route.continue()
    tries++
    await route.fetch() // it is stored
    await route.abort('connectionreset').catch(() => undefined) // and nobody hears of it; a reload may have ended it already
  })
  await write(page, { body: 'Sekali saja' })
  await box(page).getByText('Tidak ada koneksi').waitFor()
  await box(page).getByRole('button', { name: 'Kirim lagi' }).click()
  while (tries < 2) await page.waitForEvent('requestfailed')
  isLosing = false
  await page.reload()
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  const held = (await readers.paper.pending()).filter(({ body }) => body === 'Sekali saja')
  expect(held).toHaveLength(1)
})

test('whoever corrects a text whose answer got lost has one comment with the correction, not two', async () => {
  const page = await readers.visit(readers.paper.article())
  await page.route(SUBMISSION, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await write(page, { body: 'Dengan salah tulsi' })
  await box(page).getByText('Tidak ada koneksi').waitFor()
  await page.unroute(SUBMISSION)
  await field(box(page), 'Komentar').fill('Dengan salah tulis')
  await box(page).getByRole('button', { name: 'Kirim Komentar' }).click()
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  expect(await box(page).getByRole('article').locator('.prose').allTextContents()).toEqual(['Dengan salah tulis'])
  const held = (await readers.paper.pending()).filter(({ body }) => body.startsWith('Dengan salah'))
  expect(held.map(({ body }) => body)).toEqual(['Dengan salah tulis'])
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await field(box(page), 'Ubah komentar Anda').fill('Tanpa salah tulis')
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  await box(page).locator('.prose').getByText('Tanpa salah tulis').waitFor()
})

test('a text that nobody took is sent anew when it is corrected', async () => {
  const article = readers.paper.article()
  const page = await readers.visit(article)
  await page.route(SUBMISSION, (route) => route.abort('connectionreset'))
  await write(page, { body: 'Terlalu cepat' })
  await box(page).getByText('Tidak ada koneksi').waitFor()
  await page.unroute(SUBMISSION)
  await readers.paper.reply(article, { name: 'Budi Santoso', email: 'budi@example.com', body: 'Terlalu cepat' }) // refused from now on, as said twice
  await field(box(page), 'Komentar').fill('Terlalu cepat, diubah')
  await box(page).getByRole('button', { name: 'Kirim Komentar' }).click()
  await box(page).locator('.waiting .prose').getByText('Terlalu cepat, diubah').waitFor()
})

test('a server that is not there leaves what the page has between the tags', async () => {
  const page = await readers.visit('about:blank')
  await page.route('**/embed/**', (route) => route.abort())
  await page.goto(readers.paper.article())
  await page.getByText('Komentar', { exact: true }).waitFor()
})

test('where the browser keeps nothing, writing still works', async () => {
  const article = readers.paper.article()
  const page = await readers.visit('about:blank')
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('refused', 'SecurityError')
        },
      })
    }
  })
  await page.goto(article)
  await write(page, { body: 'Tanpa penyimpanan' })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  expect(readers.complaints()).toEqual([])
})

test('name and address stay for the tab alone, and longer only when asked', async () => {
  const article = readers.paper.article()
  const page = await readers.visit(article)
  await write(page, { body: 'Satu' })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  const local = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage)))
  expect(await local()).not.toContain('budi@example.com')
  expect(await page.context().cookies()).toEqual([])
  await box(page)
    .getByRole('checkbox')
    .or(field(box(page), 'Komentar'))
    .first()
    .focus()
  await box(page).getByRole('checkbox', { name: 'Simpan nama' }).check()
  await write(page, { body: 'Dua' })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).nth(1).waitFor()
  expect(await local()).toContain('budi@example.com')
  const tab = await page.context().newPage()
  await tab.goto(article)
  await field(box(tab), 'Komentar').focus()
  expect(await field(box(tab), 'Nama').inputValue()).toBe('Budi Santoso')
})
