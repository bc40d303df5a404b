import type { Page } from 'playwright-core'
import type { Readers } from './reader.ts'

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>
type SignIn = (options?: Parameters<Readers['visit']>[1], email?: string) => Promise<Page>

/** Signs people in once each, since the door counts; later pages of theirs open with the same session. */
export function moderators(readers: () => Readers): SignIn {
  const sessions = new Map<string, Cookies>()
  return async (options = {}, email = 'redaksi@example.com') => {
    const { paper, visit } = readers()
    const cookies = sessions.get(email)
    const known = cookies && { storageState: { cookies, origins: [] } }
    const page = await visit(`${paper.balas}/admin`, { locale: 'en-GB', ...known, ...options })
    if (!known) {
      await page.getByLabel('Email').fill(email)
      await page.getByRole('textbox', { name: 'Password' }).fill('kereta-malam-berangkat')
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.getByRole('navigation', { name: 'Main places' }).waitFor()
    sessions.set(email, await page.context().cookies())
    return page
  }
}
