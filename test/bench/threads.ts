import { httpCeiling } from './ceilings.ts'
import { line, load, ratio } from './load.ts'
import { FULL_THREAD, LONG_THREAD, seed, seedLongThread, threadUrl } from './seed.ts'
import { newDataDir, startServer } from './server.ts'

const SPREAD = 1000
const WARMING = 400
const pathOf = (article: string, more = '') => `/api/v1/sites/default/thread?url=${encodeURIComponent(article)}${more}`

/** Thread reads from kept bytes, as 304s, spread over many threads that nobody kept, and of a very long thread. */
export async function benchThreads(): Promise<void> {
  const dataDir = await newDataDir()
  let server = await startServer({ dataDir })
  await server.stop()
  seed({ file: server.file, total: 100_000, held: 10_000 })
  seedLongThread({ file: server.file, comments: 10_000 })
  server = await startServer({ dataDir })

  const url = server.url + pathOf(FULL_THREAD)
  const first = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } })
  const body = Buffer.from(await first.arrayBuffer())
  const before = await httpCeiling(body)
  await load({ url, duration: 2 })
  const reads = await load({ url })
  const fresh = await load({ url, headers: { 'if-none-match': first.headers.get('ETag') ?? '' } })
  const ceiling = (before + (await httpCeiling(body))) / 2
  const share = (perSecond: number) => `ratio ${ratio(perSecond, ceiling)} of node:http's ${Math.round(ceiling)}/s with the same bytes`
  line(`thread of 50 comments (${body.length} bytes)`, reads, `${share(reads.perSecond)} (floor 0.7)`)
  line('the same, answered 304', fresh, share(fresh.perSecond))

  for (const limit of [47, 48, 49]) await readEach({ base: server.url, from: 0, count: WARMING, limit }) // the code is warm, the cache is not
  const seconds = await readEach({ base: server.url, from: WARMING, count: SPREAD })
  console.log(`${SPREAD} threads that nobody kept, each once: ${Math.round(SPREAD / seconds)}/s (floor 1,000)`)

  const short = await firstPage(server.url, FULL_THREAD)
  const long = await firstPage(server.url, LONG_THREAD)
  console.log(`first page, not kept: ${short.toFixed(1)} ms of 50 comments, ${long.toFixed(1)} ms of 10,000: ${ratio(long, short)} times`)
  await server.stop()
}

/** Reads threads, each once, by 16 readers; gives the seconds that it took. (Autocannon ends a count of requests by the whole second.) */
async function readEach({ base, from, count, limit = 50 }: { base: string; from: number; count: number; limit?: number }): Promise<number> {
  let next = from
  const read = async () => {
    while (next < from + count) {
      const answer = await fetch(base + pathOf(threadUrl(next++), `&limit=${limit}`))
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
      await answer.arrayBuffer()
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: 16 }, read))
  return (performance.now() - started) / 1000
}

/** The median time of a first page that has to be read, milliseconds: pages of different sizes are kept apart. */
async function firstPage(base: string, article: string): Promise<number> {
  const times: number[] = []
  for (let limit = 40; limit <= 60; limit++) {
    const started = performance.now()
    await (await fetch(base + pathOf(article, `&limit=${limit}`))).arrayBuffer()
    times.push(performance.now() - started)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
