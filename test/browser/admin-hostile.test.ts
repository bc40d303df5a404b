import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { moderators } from './moderator.ts'
import { type Readers, startReaders } from './reader.ts'
import { vectors } from './vectors.ts'

/** So many of the published ones go through the desk; all of them go through the readers' page (hostile.test.ts). */
const MOST = 40
const SCRIPT = '<img src=x onerror=alert(1)>"\'`${1}\u202etxet'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

const signIn = moderators(() => readers)
const complaints = () => readers.complaints().filter((text) => !/status of 401/.test(text))

/** What could run, load or lead astray, where only our own is: pictures, frames, handlers, addresses that are scripts. */
const dangers = (page: Page) =>
  page
    .locator('main')
    .locator('script, iframe, object, embed, img, svg image, svg animate, math, style, link, [onerror], [onload], [onmouseover], [onclick]')
    .or(page.locator('main').locator('[href^="javascript" i], [href*="evil.example"], [action], [style*="url("]'))
    .evaluateAll((found) => found.filter((one) => !one.closest('a[rel]')).map(({ outerHTML }) => outerHTML))

test('hostile text in every field of every view is text: no dialog, no request, no element, no error', async () => {
  const { paper } = readers
  const article = paper.article()
  const all = vectors().filter((_text, n, { length }) => n < 14 || n % Math.ceil(length / MOST) === 0)
  const ids: string[] = []
  for (const [n, text] of all.entries()) {
    const line = text.replaceAll(/\p{Cc}|\s+/gu, ' ').slice(0, 60)
    const fields = { title: line, name: `${line} x`, body: `${n} ${text.replaceAll('\0', '')}` }
    await paper.reply(article, fields).then(
      ({ id }) => ids.push(id),
      () => undefined, // some have nothing to read in them
    )
  }
  expect(ids.length).toBeGreaterThan(all.length * 0.9)
  const [first = '', second = ''] = ids
  await paper.api('POST', `/moderation/comments/${first}/decisions`, { decision: 'approve', reason: SCRIPT })
  await paper.api('POST', `/sites/default/comments/${first}/reports`, { reason: SCRIPT })
  await paper.reply(article, { parentId: first, name: SCRIPT, body: SCRIPT })
  await paper.api('POST', '/sites/default/bans', { comment: second, what: 'email', reason: SCRIPT })
  await paper.api('POST', '/sites/default/keys', { name: SCRIPT, role: 'owner' })
  await paper.api('PATCH', '/sites/default', { name: SCRIPT, settings: { holdWords: [SCRIPT] } })

  const page = await signIn()
  for (const path of [
    '/?status=all',
    `/?status=all&q=${encodeURIComponent('<img')}`,
    '/?status=reported',
    `/?q=${encodeURIComponent(SCRIPT)}&author=${encodeURIComponent(SCRIPT)}`,
    `/comments/${first}`,
    `/comments/${second}`,
    '/overview',
    '/account',
    ...['settings', 'members', 'keys', 'bans', 'export', 'changes'].map((part) => `/sites/default/${part}`),
  ]) {
    await page.goto(`${paper.balas}/admin${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    expect([path, await dangers(page)]).toEqual([path, []])
  }

  await page.goto(`${paper.balas}/admin/?status=all`)
  await page.locator('.card').first().waitFor()
  const last = page.locator(`.card[aria-posinset="${ids.length + 1}"]`)
  while ((await last.count()) === 0) {
    expect(await dangers(page)).toEqual([])
    await page.mouse.wheel(0, 700)
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  expect(complaints()).toEqual([])
})
