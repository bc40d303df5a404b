import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { PHONE, picture } from './browser.ts'
import { moderators } from './moderator.ts'
import { type Readers, startReaders } from './reader.ts'

let readers: Readers
let article = ''
beforeAll(async () => {
  readers = await startReaders()
})
beforeEach(async () => {
  for (const { id } of await readers.paper.pending()) await readers.paper.decide(id, 'reject')
  article = readers.paper.article()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const signIn = moderators(() => readers)
const onPhone = () => signIn({ viewport: PHONE, hasTouch: true, isMobile: true })
const card = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
const shift = (of: Locator) => of.evaluate((element) => Number.parseFloat(getComputedStyle(element).translate) || 0)
const standing = async (id: string) =>
  (await readers.paper.api<{ comment: { status: string } }>('GET', `/moderation/comments/${id}`)).comment.status

/** Puts a finger on something and moves it by steps, as the system tells the browser; the finger stays until `lift`. */
async function drag(page: Page, on: Locator, { x, y = 0 }: { x: number; y?: number }) {
  const box = await on.boundingBox()
  if (!box) throw new Error('it is not on the page')
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const session = await page.context().newCDPSession(page)
  const begun = Date.now() / 1000
  const touch = (type: 'touchStart' | 'touchMove', share: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      timestamp: begun + share / 10, // a tenth of a second in all, however busy the machine is
      touchPoints: [{ x: from.x + x * share, y: from.y + y * share }],
    })
  await touch('touchStart', 0)
  for (let step = 1; step <= 10; step++) await touch('touchMove', step / 10)
  return { lift: () => session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }) }
}
const swipe = async (page: Page, on: Locator, way: { x: number; y?: number }) => (await drag(page, on, way)).lift()

test('a swipe to the right approves, to the left rejects, and both can be taken back', async () => {
  const [budi, sari] = [await readers.paper.reply(article, { name: 'Budi' }), await readers.paper.reply(article, { name: 'Sari' })]
  const page = await onPhone()
  await page.getByText('Swipe a comment to the right to approve it').waitFor()
  await swipe(page, card(page, 'Budi').locator('.prose'), { x: 160 })
  await page.getByText('Approved: Budi').waitFor()
  await swipe(page, card(page, 'Sari').locator('.prose'), { x: -160 })
  await page.getByText('Rejected: Sari').waitFor()
  expect(await page.locator('.card').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await card(page, 'Sari').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await card(page, 'Budi').waitFor()
  expect([await standing(budi.id), await standing(sari.id)]).toEqual(['pending', 'pending'])
  expect(await shift(card(page, 'Budi'))).toBe(0)
})

test('the card says what letting go will do, and one that is let go too early goes back', async () => {
  const { id } = await readers.paper.reply(article, { name: 'Budi' })
  const page = await onPhone()
  const budi = card(page, 'Budi')
  const short = await drag(page, budi.locator('.prose'), { x: 70 })
  await page.locator('.card[data-swipe=approve]:not([data-sure])').waitFor()
  await short.lift()
  await page.locator('.card:not([data-swipe])').waitFor()
  const far = await drag(page, budi.locator('.prose'), { x: -150 })
  await page.locator('.card[data-swipe=reject][data-sure]').waitFor()
  expect(await budi.evaluate((element) => getComputedStyle(element, '::after').content)).toContain('Reject')
  await picture(page, 'admin-swipe', false)
  await far.lift()
  await page.getByText('Rejected: Budi').waitFor()
  expect(await standing(id)).toBe('rejected')
})

test('moving up, or in what is being written, scrolls and decides nothing', async () => {
  for (let n = 1; n <= 6; n++) await readers.paper.reply(article, { name: `Nomor ${n}` })
  const page = await onPhone()
  await swipe(page, card(page, 'Nomor 1').locator('.prose'), { x: 60, y: -250 })
  await page.waitForFunction(() => scrollY > 50)
  await page.evaluate(() => scrollTo(0, 0))
  await card(page, 'Nomor 1').getByRole('button', { name: 'Edit' }).click()
  await swipe(page, card(page, 'Nomor 1').getByRole('textbox'), { x: 160 })
  await card(page, 'Nomor 1').getByRole('textbox').fill('Masih di sini')
  expect(await page.locator('[data-swipe]').count()).toBe(0)
  expect((await readers.paper.pending()).length).toBe(6)
})

test('where motion is not wanted, the card goes back at once', async () => {
  await readers.paper.reply(article, { name: 'Budi' })
  const page = await signIn({ viewport: PHONE, hasTouch: true, isMobile: true, reducedMotion: 'reduce' })
  const short = await drag(page, card(page, 'Budi').locator('.prose'), { x: 70 })
  await page.locator('.card[style*="translate: 70px"]').waitFor()
  await short.lift()
  await page.locator('.card:not([data-swipe])').waitFor()
  expect(await shift(card(page, 'Budi'))).toBe(0)
})
