import { line, load, ratio } from './load.ts'
import { FULL_THREAD, seed } from './seed.ts'
import { type BenchServer, newDataDir, ownersKey, startServer } from './server.ts'

const thread = `/api/v1/sites/default/thread?url=${encodeURIComponent(FULL_THREAD)}`

/** The queue at two sizes, and thread reads beside an export of a million comments, on one database. */
export async function benchReads(): Promise<void> {
  const dataDir = await newDataDir()
  let server = await startServer({ dataDir })
  await server.stop()
  seed({ file: server.file, total: 100_000, held: 10_000 })
  server = await startServer({ dataDir })
  const key = await ownersKey(dataDir)

  const small = await benchQueue(server, key)
  line('queue, first page: 10,000 held of 100,000', small)
  await benchFilters(server, key, small.p50)
  await server.stop()
  seed({ file: server.file, total: 1_000_000, held: 10_000 })
  server = await startServer({ dataDir })
  const large = await benchQueue(server, key)
  line('queue, first page: 10,000 held of 1,000,000', large, `p50 ${ratio(large.p50, small.p50)} times that of 100,000 (ceiling 2)`)

  await benchBesideExport(server, key)
  await server.stop()
}

const benchQueue = async (server: BenchServer, key: string) => {
  const options = {
    url: `${server.url}/api/v1/moderation/comments?site=default&status=pending`,
    headers: { authorization: `Bearer ${key}` },
    connections: 4,
  }
  await load({ ...options, duration: 2 })
  return load({ ...options, duration: 6 })
}

/** Filters and searches of the queue, the rare and the common ones. */
async function benchFilters(server: BenchServer, key: string, unfiltered: number): Promise<void> {
  const queries = [
    'status=approved',
    'status=spam',
    'author=pembaca7%40example.com',
    'q=nomor+77777',
    'q=kereta+malam',
    'q=tidak+ada+sama+sekali',
  ]
  for (const query of queries) {
    const found = await load({
      url: `${server.url}/api/v1/moderation/comments?site=default&${query}`,
      headers: { authorization: `Bearer ${key}` },
      connections: 1,
      duration: 3,
    })
    line(`  filtered by ${query}`, found, `p50 ${ratio(found.p50, unfiltered)} times that of the queue`)
  }
}

async function benchBesideExport(server: BenchServer, key: string): Promise<void> {
  const options = { url: server.url + thread, overallRate: 500 }
  const alone = await load({ ...options, duration: 5 })
  line('thread reads at 500/s, nothing beside them', alone)
  const started = performance.now()
  let bytes = 0
  let running = true
  const exporting = fetch(`${server.url}/api/v1/sites/default/export?format=ndjson`, { headers: { authorization: `Bearer ${key}` } }).then(
    async (answer) => {
      for await (const chunk of answer.body ?? []) bytes += (chunk as Uint8Array).length
      running = false
    },
  )
  let worst = { perSecond: 0, p50: 0, p99: 0, errors: 0 }
  while (running) {
    const beside = await load({ ...options, duration: 5 })
    if (beside.p99 >= worst.p99) worst = beside
  }
  await exporting
  const seconds = (performance.now() - started) / 1000
  line(
    'thread reads at 500/s beside an export',
    worst,
    `(ceiling: p99 50 ms); export of 1,000,000: at most ${Math.round(seconds)} s, ${Math.round(bytes / 1e6)} MB`,
  )
}
