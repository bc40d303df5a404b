import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { PHONE, picture } from './browser.ts'
import { box, type Readers, startReaders, write } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const widget = (attributes = '') =>
  `<balas-comments ${attributes}>Komentar</balas-comments><script src="${readers.paper.balas}/embed.js" crossorigin defer></script>`
const styleOf = (page: Page, selector: string, names: string[]) =>
  box(page)
    .locator(selector)
    .first()
    .evaluate((element, wanted) => wanted.map((name) => getComputedStyle(element).getPropertyValue(name)), names)

test('whatever the page does to its text, the widget takes the letters alone', async () => {
  const wild = `text-indent: 3em; text-shadow: 1px 1px red; word-spacing: 1em; font-variant: small-caps; font-style: italic;
    text-transform: uppercase; letter-spacing: 4px; -webkit-text-fill-color: lime; line-height: 4; text-align: right; cursor: wait`
  const page = await readers.visit(
    readers.paper.page(
      `<style>* { all: unset } body { display: block; font-family: monospace; font-size: 20px; ${wild} }</style>${widget()}`,
    ),
  )
  await box(page).locator('textarea').waitFor()
  expect(await styleOf(page, 'label', ['text-indent', 'text-shadow', 'word-spacing', 'font-variant', 'font-style', 'cursor'])).toEqual([
    '0px',
    'none',
    '0px',
    'normal',
    'normal',
    'default',
  ])
  expect(await styleOf(page, 'h3', ['text-transform', 'letter-spacing', 'text-align', 'font-family'])).toEqual([
    'none',
    'normal',
    'start',
    'monospace',
  ])
  const [fill, color] = await styleOf(page, 'h3', ['-webkit-text-fill-color', 'color'])
  expect(fill).toBe(color)
  expect(await styleOf(page, '.balas', ['font-size', 'display'])).toEqual(['20px', 'block'])
  await picture(page, 'widget-wild-page')
})

test('in a page that scrolls inside a box, what arrives above does not move what one reads', async () => {
  const article = readers.paper.page(
    `<style>body { margin: 0 } main { height: 100vh; overflow: auto }</style><main><p>${'Panjang. '.repeat(900)}</p>${widget('data-order="newest"')}</main>`,
  )
  for (let n = 0; n < 12; n++) await readers.paper.publish(article, { body: `Baris ${n}` })
  const page = await readers.visit(article)
  await box(page).scrollIntoViewIfNeeded()
  const read = box(page).getByText('Baris 3', { exact: true })
  const place = () => read.evaluate((element) => element.getBoundingClientRect().top)
  await read.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const before = await place()
  await readers.paper.publish(article, { body: 'Yang datang di atas' })
  await box(page).getByText('Yang datang di atas').waitFor({ state: 'attached' })
  await box(page).getByText('1 komentar baru masuk').waitFor({ state: 'attached' })
  expect(Math.abs((await place()) - before)).toBeLessThan(2)
})

test('in forced colours a comment that is pointed at, and a badge, keep a line around them', async () => {
  const article = readers.paper.page(widget())
  const id = await readers.paper.publish(article)
  await readers.paper.api('POST', `/moderation/comments/${id}/replies`, { body: 'Dari redaksi' })
  const page = await readers.visit(`${article}#comment-${id}`, { forcedColors: 'active', viewport: PHONE })
  await box(page).locator('.target').waitFor()
  expect(await styleOf(page, '.target', ['outline-style', 'outline-width'])).toEqual(['solid', '3px'])
  expect(await styleOf(page, '.badge', ['border-top-style', 'border-top-width'])).toEqual(['solid', '1px'])
  await picture(page, 'widget-forced-colours')
})

test('the comments are asked for beside the texts, not after them', async () => {
  const page = await readers.visit('about:blank')
  const asked = page.waitForRequest('**/thread?**')
  await page.route('**/embed/**', async (route) => {
    await asked
    await route.continue()
  })
  let threads = 0
  page.on('request', (request) => (threads += Number(request.url().includes('/thread?'))))
  await page.goto(readers.paper.article())
  await box(page).getByText('Belum ada komentar').waitFor()
  expect(threads).toBe(1)
})

test('another theme on the element is another look at once, and what is being typed stays where it is', async () => {
  const page = await readers.visit(readers.paper.page(widget('data-theme="light"')))
  await box(page).locator('textarea').fill('Setengah kalimat')
  await box(page).evaluate((element) => element.setAttribute('data-theme', 'dark'))
  await box(page).locator('.balas.dark').waitFor()
  await page.keyboard.type('!')
  expect(await box(page).locator('textarea').inputValue()).toBe('Setengah kalimat!')
})

test('it is light or dark as what is behind it, however the page writes its colours', async () => {
  const page = await readers.visit(readers.paper.page(`<main>${widget()}</main>`))
  await box(page).locator('.balas').waitFor()
  for (const [background, color, theme] of [
    ['#111', 'inherit', 'dark'],
    ['hsl(40 30% 98%)', 'inherit', 'light'],
    ['oklch(20% 0.02 250)', 'inherit', 'dark'],
    ['oklab(0.95 0 0)', 'inherit', 'light'],
    ['lab(10 0 0)', 'inherit', 'dark'],
    ['lch(97 1 90)', 'inherit', 'light'],
    ['color(display-p3 0.1 0.1 1e-7)', 'inherit', 'dark'],
    ['color(srgb 0.9 0.9 0.9 / 0.8)', 'inherit', 'light'],
    ['rgb(0 0 0 / 0.1)', '#eee', 'dark'],
    ['transparent', '#222', 'light'],
  ]) {
    await page.evaluate(
      ([painted, letters]) => document.body.setAttribute('style', `background: ${painted}; color: ${letters}`),
      [background, color],
    )
    await page.waitForFunction((wanted) => document.querySelector('balas-comments')?.shadowRoot?.querySelector(`.balas.${wanted}`), theme)
  }
})

test('an element that is moved, or put back, shows its thread once', async () => {
  const article = readers.paper.page(widget())
  await readers.paper.publish(article, { body: 'Satu kali' })
  const page = await readers.visit(article)
  await box(page).getByText('Satu kali').waitFor()
  await page.evaluate(() => {
    const element = document.querySelector('balas-comments')
    if (element) document.body.prepend(element)
  })
  await box(page).getByText('Satu kali').waitFor()
  await page.evaluate(async () => {
    const element = document.querySelector('balas-comments')
    element?.remove()
    await new Promise((resolve) => requestAnimationFrame(resolve))
    if (element) document.body.append(element)
  })
  await box(page).getByText('Satu kali').waitFor()
  expect(await box(page).locator('section.balas').count()).toBe(1)
  await write(page, { body: 'Setelah dipindahkan' })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  expect(readers.complaints()).toEqual([])
})
