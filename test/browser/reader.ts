import type { Browser, Locator, Page } from 'playwright-core'
import { DESK, launch, openPage } from './browser.ts'
import { type Newspaper, startNewspaper } from './newspaper.ts'

/** The newspaper and the browsers that read it; `visit` opens one more. */
export interface Readers {
  browser: Browser
  paper: Newspaper
  visit: (url: string, options?: Partial<Parameters<typeof openPage>[1]>) => Promise<Page>
  /** Whatever should never be there, in any browser since the last `closeAll`. */
  complaints: () => string[]
  closeAll: () => Promise<void>
  stop: () => Promise<void>
}

export async function startReaders(): Promise<Readers> {
  const browser = await launch()
  const paper = await startNewspaper()
  let opened: Awaited<ReturnType<typeof openPage>>[] = []
  return {
    browser,
    paper,
    visit: async (url, options = {}) => {
      const visitor = await openPage(browser, { own: [paper.origin, paper.balas], viewport: DESK, ...options })
      opened.push(visitor)
      await visitor.page.goto(url)
      return visitor.page
    },
    complaints: () => opened.flatMap((visitor) => visitor.complaints),
    closeAll: async () => {
      for (const { close } of opened) await close()
      opened = []
    },
    stop: async () => {
      await paper.stop()
      await browser.close()
    },
  }
}

export const box = (page: Page): Locator => page.locator('balas-comments')
/** What a screen reader is told. */
export const said = (page: Page): Locator => box(page).getByRole('status')
export const field = (within: Locator, name: string): Locator => within.getByRole('textbox', { name, exact: true })

/** Fills in the first form, or another, and sends it. */
export async function write(
  page: Page,
  {
    form = box(page).locator('form').first(),
    body,
    name = 'Budi Santoso',
    email = 'budi@example.com',
  }: { form?: Locator; body: string; name?: string; email?: string },
): Promise<void> {
  await field(form, 'Komentar').fill(body)
  await field(form, 'Nama').fill(name)
  await field(form, 'Email').fill(email)
  await form.getByRole('button', { name: 'Kirim Komentar' }).click()
}
