import { execFile } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DESK, launch } from '../browser/browser.ts'
import { emptyPageCeiling } from './empty-page.ts'
import { ratio } from './load.ts'
import { frames, scrollToEnd, watchFrames, wheel } from './scrolling.ts'
import { seed } from './seed.ts'
import { newDataDir, SECRET, startServer } from './server.ts'

const HELD = 10_000
const OPENINGS = 9
const EMAIL = 'redaksi@example.com'
const PASSWORD = 'kereta-malam-berangkat'

/** The moderators' queue in Chromium: until the first card can be decided about, and scrolling through 10,000 held comments. */
export async function benchQueuePage(): Promise<void> {
  const dataDir = await newDataDir()
  let server = await startServer({ dataDir })
  await server.stop()
  seed({ file: server.file, total: 100_000, held: HELD })
  server = await startServer({ dataDir })
  await addOwner(dataDir)
  const browser = await launch()
  const storageState = await signIn(browser, server.url)

  const opened: Opening[] = []
  for (let n = 0; n <= OPENINGS; n++) opened.push(await openQueue({ browser, url: server.url, storageState }))
  const warm = opened.slice(1) // the first one warms the server
  const ceiling = await emptyPageCeiling({ browser, url: `${server.url}/admin`, files: warm[0]?.files ?? [], times: OPENINGS })
  const usable = median(warm.map(({ usableAt }) => usableAt))
  const cpu = median(warm.map(({ cpuMs }) => cpuMs))
  console.log(
    `queue page, cold browser, warm server, 100,000 comments: first card usable after ${ms(usable)} (floor 1000 ms; ${ms(cpu)} of the page's CPU), ` +
      `${ratio(usable, ceiling)} times an empty page with the same files (${ms(ceiling)})`,
  )
  console.log(
    `  of it: list asked ${ms(median(warm.map(({ askedAt }) => askedAt)))}, ` +
      `answered ${ms(median(warm.map(({ answeredAt }) => answeredAt)))}; scripts ${Math.round((warm[0]?.scriptBytes ?? 0) / 1024)} KB gzip (floor 250)`,
  )
  await benchScrolling({ browser, url: server.url, storageState })
  await browser.close()
  await server.stop()
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>
interface Where {
  browser: Browser
  url: string
  storageState: Session
}
/** Milliseconds since the navigation began. */
interface Opening {
  usableAt: number
  askedAt: number
  answeredAt: number
  cpuMs: number
  scriptBytes: number
  files: string[]
}

/** Opens the queue with an empty cache, marks the first card as soon as it can be, and decides about it by key. */
async function openQueue({ browser, url, storageState }: Where): Promise<Opening> {
  const context = await browser.newContext({ storageState, viewport: DESK, locale: 'id-ID' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await page.addInitScript(markFirstCard)
  await page.goto(`${url}/admin`, { waitUntil: 'commit' })
  const usableAt = Number(await (await page.waitForFunction(() => document.documentElement.dataset['usableAt'])).jsonValue())
  const { metrics } = await session.send('Performance.getMetrics')
  const timing = await page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const list = entries.find(({ name }) => name.includes('/moderation/comments?'))
    return {
      askedAt: list?.startTime ?? 0,
      answeredAt: list?.responseEnd ?? 0,
      files: entries.map(({ name }) => name).filter((name) => name.includes('/admin/assets/')),
    }
  })
  const decided = page.waitForResponse((answer) => answer.url().endsWith('/decisions') && answer.ok())
  await page.keyboard.press('a')
  await decided
  const undone = page.waitForResponse((answer) => answer.url().endsWith('/undo') && answer.ok())
  await page.keyboard.press('u')
  await undone
  const scripts = await Promise.all(timing.files.filter((file) => file.endsWith('.js')).map(bytesOf))
  await context.close()
  const cpuMs = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  return { ...timing, usableAt, cpuMs, scriptBytes: scripts.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) }
}

/** In the page, before its own scripts: presses j in each frame until a card is marked, and notes when that was. */
async function markFirstCard(): Promise<void> {
  while (!document.querySelector('.card[data-current]')) {
    if (document.querySelector('.card')) dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }))
    await new Promise(requestAnimationFrame)
  }
  document.documentElement.dataset['usableAt'] = String(performance.now())
}

/** All 10,000 by the End key, then the wheel through them, and the keys j and k among them. */
async function benchScrolling({ browser, url, storageState }: Where): Promise<void> {
  const context = await browser.newContext({ storageState, viewport: DESK, locale: 'id-ID' })
  const page = await context.newPage()
  await page.goto(`${url}/admin`)
  await page.locator('.card').first().waitFor()
  await watchFrames(page)

  await wheel({ page, pixels: 60_000, speed: 6000 })
  console.log(`wheel at 6,000 px/s while pages arrive: ${frames(await page.evaluate(() => window.frameTimes.splice(0)))}`)
  const seconds = await scrollToEnd({ page, count: HELD })
  console.log(
    `to the last of ${HELD} by the End key: ${seconds.toFixed(1)} s; ${frames(await page.evaluate(() => window.frameTimes.splice(0)))}`,
  )
  await wheel({ page, pixels: -60_000, speed: 6000 })
  console.log(`wheel at 6,000 px/s among all of them: ${frames(await page.evaluate(() => window.frameTimes.splice(0)))}`)
  console.log(`key j among all of them: ${ms(await keyTime(page, 'j'))} until the next card is marked`)
  await context.close()
}

/** The median time from a key to the card that it marks, in the page; milliseconds. */
async function keyTime(page: Page, key: string): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 20; n++)
    times.push(
      await page.evaluate(async (pressed) => {
        const started = performance.now()
        dispatchEvent(new KeyboardEvent('keydown', { key: pressed }))
        await new Promise(requestAnimationFrame)
        await new Promise((resolve) => setTimeout(resolve)) // after the frame
        return performance.now() - started
      }, key),
    )
  return median(times)
}

async function signIn(browser: Browser, url: string): Promise<Session> {
  const context = await browser.newContext()
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: EMAIL, password: PASSWORD },
    headers: { Origin: url },
  })
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`)
  const state = await context.storageState()
  await context.close()
  return state
}

function addOwner(dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['dist/cli.js', 'owner', 'create', '--email', EMAIL, '--password-stdin']
    const child = execFile(process.execPath, args, { env: { ...process.env, DATA_DIR: dataDir, SECRET } }, (error) =>
      error ? reject(error) : resolve(),
    )
    child.stdin?.end(PASSWORD)
  })
}

const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ms = (time: number) => `${Math.round(time)} ms`
