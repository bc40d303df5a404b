import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { codeOf } from '../accounts/person.ts'
import { violations } from './axe.ts'
import { PHONE, picture } from './browser.ts'
import { type Readers, startReaders } from './reader.ts'

const EMAIL = 'sandi@example.com'
const PASSWORD = 'kereta-malam-berangkat'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
  const account = ['--email', EMAIL, '--site', 'default', '--name', 'Sandi', '--password-stdin']
  await readers.paper.cli(['moderator', 'create', ...account], PASSWORD)
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

/** The server by its name: browsers have no passkeys at an address. */
const named = () => readers.paper.balas.replace('127.0.0.1', 'localhost')
const own = () => [readers.paper.balas, named()]
/** The sign-in page asks who is there and is told: nobody. A wrong password is refused. */
const complaints = () => readers.complaints().filter((text) => !/status of (401|422)/.test(text))
const inside = (page: Page) => page.getByRole('navigation', { name: 'Main places' }).waitFor()
const section = (page: Page) => page.locator('section.panel', { has: page.getByRole('heading', { name: 'Passkeys' }) })

/** A page whose device keeps passkeys, and shows that it is its user. */
async function withDevice(options: Parameters<Readers['visit']>[1] = {}) {
  const page = await readers.visit(`${named()}/admin`, { locale: 'en-GB', own: own(), ...options })
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

async function signIn(page: Page) {
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${named()}/admin`)
}

/** Asks the server as the page does. */
const post = (page: Page, path: string, body: object): Promise<Record<string, string>> =>
  page.evaluate(
    async ([at, sent]) => {
      const answer = await fetch(at, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: sent })
      return (await answer.json()) as Record<string, string>
    },
    [path, JSON.stringify(body)] as const,
  )

test('a passkey is added, signs in without code, gets another name, and opens nothing once it is removed', async () => {
  const page = await withDevice({ bypassCSP: true })
  await signIn(page)
  await inside(page)
  const { totpURI = '' } = await post(page, '/api/auth/two-factor/enable', { password: PASSWORD })
  await post(page, '/api/auth/two-factor/verify-totp', { code: codeOf(totpURI) })

  await page.goto(`${named()}/admin/account`)
  const passkeys = section(page)
  await passkeys.getByLabel('Name of the passkey').fill('Laptop')
  await passkeys.getByRole('textbox', { name: 'Current password' }).fill('salah-salah-salah')
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
  await passkeys.getByText('The current password is wrong.').waitFor()
  await passkeys.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD)
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
  await passkeys.getByText('Added. It signs you in').waitFor()
  await passkeys.getByText('never used').waitFor()
  await passkeys.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name of the passkey').fill('Work laptop')
  expect(await violations(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await passkeys.getByText('Work laptop').waitFor()
  expect(await violations(page)).toEqual([])
  await picture(page, 'account-passkeys')
  await page.setViewportSize(PHONE)
  await picture(page, 'account-passkeys-phone')

  await signOut(page)
  await inside(page) // by what the browser offers where the address is typed
  await page.goto(`${named()}/admin/account`)
  await passkeys.getByText('last used').waitFor()

  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false // a browser that offers none
  })
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await inside(page)

  await page.goto(`${named()}/admin/account`)
  await passkeys.getByRole('button', { name: 'Remove' }).click()
  await picture(page, 'account-passkey-remove-phone')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Current password' }).fill(PASSWORD)
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await passkeys.getByText('Work laptop', { exact: true }).waitFor({ state: 'detached' })
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('This passkey opens no account here.').waitFor()
  expect(await violations(page)).toEqual([])
  await picture(page, 'sign-in-passkey-phone')
  await signIn(page)
  await page.getByLabel('Code from your authenticator app').waitFor() // the password still needs its code
  expect(complaints()).toEqual([])
})

test('where browsers have no passkeys it is said in words, and there is no button', async () => {
  const page = await readers.visit(`${readers.paper.balas}/admin/account`, { locale: 'en-GB', own: own() })
  await page.getByLabel('Email').fill('redaksi@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await section(page).getByText('Passkeys do not work at this address.').waitFor()
  expect(await section(page).getByRole('button').count()).toBe(0)
  await picture(page, 'account-passkeys-elsewhere')
  await section(page).getByRole('link', { name: named() }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
  expect(complaints()).toEqual([])
})
