import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CANDIDATES = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const PHONE = { width: 360, height: 780 }
export const DESK = { width: 1280, height: 900 }

/** The system's Chromium, without the parts of it that talk to the outside. */
export function launch(): Promise<Browser> {
  const executablePath = CANDIDATES.find((file) => file && existsSync(file))
  if (!executablePath) throw new Error('no Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM')
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args })
}

/** A page that notes what should never be there: console errors, dialogs, requests to other hosts. */
export async function openPage(browser: Browser, { own, ...options }: BrowserContextOptions & { own: string | string[] }) {
  const context = await browser.newContext({ locale: 'id-ID', ...options })
  return { ...(await openTab(context, own)), close: () => context.close() }
}

/** One more tab of the same browser. */
export async function openTab(context: BrowserContext, own: string | string[]) {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (!['null', ...[own].flat()].includes(origin)) complaints.push(`request to ${request.url()}`)
  })
  return { page, complaints, context }
}

/** Keeps a picture of the page where BALAS_PICTURES says, for people to look at. */
export async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env['BALAS_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage })
}
