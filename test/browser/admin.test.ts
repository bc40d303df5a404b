import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { codeOf } from '../accounts/person.ts'
import { violations } from './axe.ts'
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

const card = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
const names = (page: Page) => page.locator('.card h2').allTextContents()
/** The sign-in page asks who is there and is told: nobody. */
const complaints = () => readers.complaints().filter((text) => !/status of (401|409)/.test(text))
const standing = async (id: string) =>
  (await readers.paper.api<{ comment: { status: string } }>('GET', `/moderation/comments/${id}`)).comment.status

/** Waits until something is as it should be; the test's time limit tells when it never is. */
async function until<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  while (JSON.stringify(await read()) !== JSON.stringify(expected)) await new Promise((resolve) => setTimeout(resolve, 50))
}

const signIn = moderators(() => readers)

test('a wrong password is refused in words, the right one opens the queue', async () => {
  await readers.paper.reply(article, { name: 'Budi' })
  const page = await readers.visit(`${readers.paper.balas}/admin`, { locale: 'en-GB' })
  await page.getByLabel('Email').fill('redaksi@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('salah-salah-salah')
  await page.keyboard.press('Enter')
  await page.getByText('Email address or password is wrong.').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('kereta-malam-berangkat')
  await page.keyboard.press('Enter')
  await card(page, 'Budi').waitFor()
  expect(complaints()).toEqual([])
})

test('decides by keyboard, one after the other, and takes the last one back', async () => {
  const [budi, sari] = [await readers.paper.reply(article, { name: 'Budi' }), await readers.paper.reply(article, { name: 'Sari' })]
  const page = await signIn()
  await card(page, 'Budi').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await page.getByText('Approved: Budi').waitFor()
  await page.keyboard.press('s')
  await page.getByText('Marked as spam: Sari').waitFor()
  expect(await names(page)).toEqual([])
  await until(() => standing(budi.id), 'approved')
  await until(() => standing(sari.id), 'spam')
  await page.keyboard.press('u')
  await card(page, 'Sari').waitFor()
  expect(await standing(sari.id)).toBe('pending')
  expect(complaints()).toEqual([])
})

test('selects some, decides about them at once, and takes the batch back', async () => {
  for (const name of ['Satu', 'Dua', 'Tiga']) await readers.paper.reply(article, { name })
  const page = await signIn()
  await card(page, 'Satu').waitFor()
  for (const key of ['j', 'x', 'j', 'x', 'r']) await page.keyboard.press(key)
  await page.getByText('Reject: 2 comments').waitFor()
  expect(await names(page)).toEqual(['Tiga'])
  await page.keyboard.press('u')
  await card(page, 'Satu').waitFor()
  expect(await names(page)).toEqual(['Satu', 'Dua', 'Tiga'])
})

test('takes back everything of the last ten minutes, also after the page was opened anew', async () => {
  const [budi, sari] = [await readers.paper.reply(article, { name: 'Budi' }), await readers.paper.reply(article, { name: 'Sari' })]
  const page = await signIn()
  await card(page, 'Budi').waitFor()
  for (const key of ['j', 'a', 's']) await page.keyboard.press(key)
  await until(() => Promise.all([standing(budi.id), standing(sari.id)]), ['approved', 'spam'])
  await page.reload()
  await page.getByRole('button', { name: 'Undo …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await card(page, 'Sari').waitFor()
  expect([await standing(budi.id), await standing(sari.id)]).toEqual(['pending', 'pending'])
})

test('who forgot the password gets a link by mail, and is told no more than that', async () => {
  const page = await readers.visit(`${readers.paper.balas}/admin`, { locale: 'en-GB' })
  await page.getByRole('button', { name: 'Forgot the password?' }).click()
  await page.getByLabel('Email').fill('tidak-ada@example.com')
  await page.keyboard.press('Enter')
  await page.getByText('If there is an account with this address, a mail is on its way.').waitFor()
  expect(complaints()).toEqual([])
})

test('all that match a search are decided about, once their number is confirmed', async () => {
  for (const n of [1, 2, 3]) await readers.paper.reply(article, { name: `Iklan ${n}`, body: `Obral besar ${n}` })
  await readers.paper.reply(article, { name: 'Budi' })
  const page = await signIn()
  await page.keyboard.press('/')
  await page.keyboard.type('obral')
  await page.keyboard.press('Enter')
  await until(() => names(page), ['Iklan 1', 'Iklan 2', 'Iklan 3'])
  expect(page.url()).toContain('?q=obral')
  for (const key of ['Escape', 'j', 'x']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Select all 3 that match' }).click()
  await page.getByRole('group', { name: 'Selected comments' }).getByRole('button', { name: 'Spam' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Spam' }).click()
  await page.getByText('No comments match.').or(page.getByText('Nothing is waiting.')).waitFor()
  expect((await readers.paper.pending()).map(({ body }) => body)).toHaveLength(1)
})

test('of two who decide about one comment, the slower one sees who was faster', async () => {
  const { id } = await readers.paper.reply(article, { name: 'Rebutan' })
  const [fast, slow] = [await signIn(), await signIn()]
  for (const page of [fast, slow]) {
    await card(page, 'Rebutan').waitFor()
    await page.keyboard.press('j')
  }
  await fast.keyboard.press('a')
  await until(() => standing(id), 'approved')
  await slow.keyboard.press('s')
  await card(slow, 'Rebutan').getByRole('alert').getByText('was faster: Approved').waitFor()
  expect(await standing(id)).toBe('approved')
  expect(complaints()).toEqual([])
})

test('what the server refuses comes back with the reason', async () => {
  await readers.paper.reply(article, { name: 'Kembali' })
  const page = await signIn()
  await card(page, 'Kembali').waitFor()
  await page.route('**/decisions', (route) => route.abort())
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await card(page, 'Kembali').getByRole('alert').getByText('No connection').waitFor()
})

test('newcomers appear by themselves, and what is under the cursor stays where it is', async () => {
  await readers.paper.reply(article, { name: 'Lama' })
  const page = await signIn()
  await card(page, 'Lama').waitFor()
  await page.keyboard.press('j')
  const before = await card(page, 'Lama').boundingBox()
  await readers.paper.reply(article, { name: 'Baru' })
  await card(page, 'Baru').waitFor()
  expect(await card(page, 'Lama').boundingBox()).toEqual(before)
  expect(await card(page, 'Lama').getAttribute('data-current')).toBe('true')
})

test('in a list that begins with the newest, newcomers wait until they are asked for', async () => {
  const [first, second] = [await readers.paper.reply(article, { name: 'Pertama' }), await readers.paper.reply(article, { name: 'Kedua' })]
  await readers.paper.decide(first.id, 'spam')
  const page = await signIn()
  await page.getByRole('link', { name: /^Spam/ }).click()
  await card(page, 'Pertama').waitFor()
  await readers.paper.decide(second.id, 'spam')
  await page.getByRole('button', { name: 'Newer comments have come in.' }).click()
  await card(page, 'Kedua').waitFor()
})

test('edits, and answers what waits along with approving it', async () => {
  const { id } = await readers.paper.reply(article, { name: 'Budi', body: 'Salah ketik' })
  const page = await signIn()
  await card(page, 'Budi').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.getByLabel('Text of the comment').fill('Sudah benar')
  await page.keyboard.press('Control+Enter')
  await card(page, 'Budi').getByText('Sudah benar').first().waitFor()
  await page.keyboard.press('m')
  await page.getByLabel('Reply to Budi').fill('Terima kasih')
  await page.getByRole('button', { name: 'Approve and reply' }).click()
  await page.getByText('Your answer to Budi is public.').waitFor()
  expect(await standing(id)).toBe('approved')
})

test('a first key marks a card and decides nothing', async () => {
  const { id } = await readers.paper.reply(article, { name: 'Budi' })
  const page = await signIn()
  await card(page, 'Budi').waitFor()
  await page.keyboard.press('a')
  await page.locator('.card[data-current]').waitFor()
  expect(await standing(id)).toBe('pending')
})

test('what is being written stays when its card is scrolled away', async () => {
  for (let n = 1; n <= 40; n++) await readers.paper.reply(article, { name: `Nomor ${n}` })
  const page = await signIn()
  await card(page, 'Nomor 1').waitFor()
  for (const key of ['j', 'm']) await page.keyboard.press(key)
  await page.getByLabel('Reply to Nomor 1').fill('Belum selesai')
  await page.mouse.wheel(0, 6000)
  await card(page, 'Nomor 25').waitFor()
  expect(await page.locator('.card').count()).toBeLessThan(30)
  await page.evaluate(() => scrollTo(0, 0))
  expect(await page.getByLabel('Reply to Nomor 1').inputValue()).toBe('Belum selesai')
})

test('a moderator sees masked addresses, and of the site no more than how it judges, its bans and mails', async () => {
  await readers.paper.cli(
    ['moderator', 'create', '--email', 'mod@example.com', '--site', 'default', '--password-stdin'],
    'kereta-malam-berangkat',
  )
  await readers.paper.reply(article, { name: 'Budi', email: 'budi@example.com' })
  const page = await signIn({}, 'mod@example.com')
  await card(page, 'Budi').getByText('b***@example.com').waitFor()
  expect(await page.content()).not.toContain('budi@example.com')
  await page.getByRole('link', { name: 'Site', exact: true }).click()
  await page.getByRole('navigation', { name: 'Site' }).waitFor()
  expect(await page.getByRole('navigation', { name: 'Site' }).getByRole('link').allTextContents()).toEqual(['Judging', 'Bans', 'Mails'])
})

test('turns the second factor on, and is asked for it from then on', async () => {
  const email = 'dua-faktor@example.com'
  await readers.paper.cli(['moderator', 'create', '--email', email, '--site', 'default', '--password-stdin'], 'kereta-malam-berangkat')
  const page = await signIn({}, email)
  await page.getByRole('link', { name: 'My account' }).click()
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Second factor' }) })
  await section.getByRole('textbox', { name: 'Current password' }).fill('kereta-malam-berangkat')
  await section.getByRole('button', { name: 'Turn on' }).click()
  await section.getByRole('img', { name: 'Scan this' }).waitFor()
  const uri = (await section.getByRole('link', { name: 'Open the authenticator app' }).getAttribute('href')) ?? ''
  await section.getByLabel('Code from your authenticator app').fill(codeOf(uri))
  await section.getByRole('button', { name: 'Turn on' }).click()
  await section.getByText('On: signing in asks').waitFor()
  expect(await section.locator('.codes li').count()).toBe(10)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill('kereta-malam-berangkat')
  await page.keyboard.press('Enter')
  await page.getByLabel('Code from your authenticator app').fill('000000')
  await page.keyboard.press('Enter')
  await page.getByText('This code is not right.').waitFor()
  await page.getByLabel('Code from your authenticator app').fill(codeOf(uri, 1)) // the one before is used up
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Main places' }).waitFor()
})

test('chooses what one hears by mail, and finds it so again', async () => {
  const page = await signIn()
  await page.goto(`${readers.paper.balas}/admin/account`)
  const mails = page.getByRole('region', { name: 'Emails to me' })
  await mails.getByText('At most one a day.').waitFor()
  await mails.getByLabel('From').fill('22:00')
  await mails.getByLabel('To', { exact: true }).fill('06:00')
  await mails.getByRole('button', { name: 'Save' }).first().click()
  await mails.getByText('Saved.').waitFor()
  await mails.getByLabel(/^Digests/).check()
  await mails.getByLabel('Minutes until a digest').fill('2')
  await mails.getByRole('button', { name: 'Save' }).last().click()
  await mails.getByLabel('Minutes until a digest').and(page.locator('[aria-invalid=true]')).waitFor()
  await mails.getByLabel('Minutes until a digest').fill('45')
  await mails.getByRole('button', { name: 'Save' }).last().click()
  await mails.getByText('Saved.').nth(1).waitFor()
  await page.reload()
  expect(await mails.getByLabel('From').inputValue()).toBe('22:00')
  expect(await mails.getByLabel('Minutes until a digest').inputValue()).toBe('45')
})

test('works with thumbs on a phone, without scrolling sideways', async () => {
  const { id } = await readers.paper.reply(article, { name: 'Budi', body: `https://panjang.example/${'a'.repeat(200)}` })
  const page = await signIn({ viewport: PHONE, hasTouch: true })
  const approve = card(page, 'Budi').getByRole('button', { name: 'Approve' })
  expect((await approve.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await picture(page, 'admin-queue-phone', false)
  await approve.tap()
  await page.getByRole('button', { name: 'Undo', exact: true }).tap()
  await card(page, 'Budi').waitFor()
  expect(await standing(id)).toBe('pending')
})

test.each(['light', 'dark'] as const)('axe finds nothing on any page, %s', async (colorScheme) => {
  const { id } = await readers.paper.reply(article, {
    name: 'Budi',
    website: 'https://budi.example',
    body: 'Satu https://a.example <b>dua</b>',
  })
  const page = await signIn({ colorScheme, bypassCSP: true })
  await card(page, 'Budi').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  expect(await violations(page)).toEqual([])
  await picture(page, `admin-queue-${colorScheme}`, false)
  const paths = [
    '/overview',
    '/account',
    `/comments/${id}`,
    ...['settings', 'members', 'keys', 'bans', 'export', 'changes'].map((part) => `/sites/default/${part}`),
  ]
  for (const path of paths) {
    await page.goto(`${readers.paper.balas}/admin${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect([path, await violations(page)]).toEqual([path, []])
  }
})

test('speaks the language of the browser, and another when asked to', async () => {
  const page = await readers.visit(`${readers.paper.balas}/admin`, { locale: 'ar-EG' })
  await page.getByRole('heading', { name: 'سجّل الدخول للإشراف' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await page.getByRole('combobox').selectOption('de')
  await page.getByRole('heading', { name: 'Zum Moderieren anmelden' }).waitFor()
})

test('a setting says what it does, is checked, and its change is in the history', async () => {
  const page = await signIn()
  await page.goto(`${readers.paper.balas}/admin/sites/default/settings`)
  await page.getByLabel('Levels of replies').fill('99')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').or(page.locator('.mantine-InputWrapper-error')).first().waitFor()
  await page.getByLabel('Levels of replies').fill('4')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByRole('link', { name: 'Changes' }).click()
  await page
    .getByText(/Levels of replies: \d+ → 4/)
    .first()
    .waitFor()
})

test('an owner assigns articles to a member, and is told of an address that is none', async () => {
  const page = await signIn()
  await page.goto(`${readers.paper.balas}/admin/sites/default/members`)
  await page.getByRole('button', { name: 'Articles assigned to redaksi' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Mails about comments that wait come to them for these articles alone').waitFor()
  await dialog.getByRole('textbox').fill('bukan alamat')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.locator('[aria-invalid=true]').waitFor()
  await dialog.getByRole('textbox').fill('/olahraga/')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.reload()
  await page.getByRole('button', { name: 'Articles assigned to redaksi' }).click()
  expect(await dialog.getByRole('textbox').inputValue()).toBe('/olahraga/')
  await dialog.getByRole('textbox').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
})

test('the first load of the queue is at most 250 KB of script, and its policy allows no inline script', async () => {
  const answer = await fetch(`${readers.paper.balas}/admin`)
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
  await readers.paper.reply(article, { name: 'Budi' })
  const page = await signIn()
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => response.url().endsWith('.js') && scripts.push(response.body()))
  await page.reload()
  await card(page, 'Budi').waitFor()
  await page.waitForLoadState('networkidle')
  expect(scripts.length).toBeGreaterThan(1)
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000)
  const begun = await page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const first = (end: RegExp) => entries.find(({ name }) => end.test(name))?.initiatorType
    return [first(/\/me$/), first(/\/moderation\/comments\?/)]
  })
  expect(begun).toEqual(['link', 'link']) // by the page's head, before its script is there
})
