import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

/**
 * Milliseconds until Chromium has shown a page that holds one line of text and loads and compiles the same scripts and styles, without
 * running any: what such a page costs here at the least.
 */
export async function emptyPageCeiling({
  browser,
  url,
  files,
  times,
}: {
  browser: Browser
  url: string
  files: string[]
  times: number
}): Promise<number> {
  const kept = new Map<string, { type: string; body: Buffer }>()
  for (const file of files) {
    const answer = await fetch(file)
    kept.set(new URL(file).pathname, {
      type: answer.headers.get('Content-Type') ?? '',
      body: gzipSync(Buffer.from(await answer.arrayBuffer())),
    })
  }
  const paths = [...kept.keys()]
  const link = (rel: string, end: string) => paths.filter((path) => path.endsWith(end)).map((path) => `<link rel="${rel}" href="${path}">`)
  const html = `<!doctype html>${[...link('stylesheet', '.css'), ...link('modulepreload', '.js')].join('')}<p>Balas`
  const server = createServer((req, res) => {
    const { type, body } = kept.get(req.url ?? '') ?? { type: 'text/html; charset=utf-8', body: gzipSync(html) }
    res.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip', 'Content-Length': body.length })
    res.end(body)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const measured: number[] = []
  for (let n = 0; n < times; n++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(base + new URL(url).pathname)
    measured.push(
      await page.evaluate(async (count) => {
        for (;;) {
          const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
          const painted = performance.getEntriesByName('first-contentful-paint')[0]
          if (loaded.length >= count && painted) return Math.max(painted.startTime, ...loaded.map(({ responseEnd }) => responseEnd))
          await new Promise(requestAnimationFrame)
        }
      }, paths.length),
    )
    await context.close()
  }
  server.close()
  server.closeAllConnections()
  return measured.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}
