import { afterEach, describe, expect, test } from '@jest/globals'
import { exportSite } from '../../src/transfer/export.ts'
import { createLongReads, type LongReads } from '../../src/compose/long-reads.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import { createDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, keys, second, SECRET, textOf } from './history.ts'
import { optionsFor } from './seed.ts'

const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const { close } of opened.splice(0).toReversed()) await close()
})

describe.each(['sqlite', 'postgresql'] as const)('the worker (%s)', (kind) => {
  async function start(): Promise<{ db: Database; worker: LongReads; siteId: string; rows: { id: string; threadId: string }[] }> {
    const url = await createDatabase(kind)
    const db = await connect({ url })
    const worker = createLongReads({
      workerFile: new URL('../../dist/worker.js', import.meta.url),
      databaseUrl: url,
      secret: SECRET,
      log: { error: () => undefined },
    })
    opened.push(db, worker)
    const { siteId, threadIds } = await addSite(db, { key: 'blog' })
    const rows = Array.from({ length: 700 }, (_, n) =>
      commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(n), email: `p${n}@example.org`, body: `nomor ${n}.` }),
    )
    await addComments(db, rows)
    return { db, worker, siteId, rows }
  }
  test('exports the same bytes as the main thread would, several at once, and finds comments meanwhile', async () => {
    const { db, worker, siteId, rows } = await start()
    const expected = await textOf(exportSite({ db, keys, options: await optionsFor(db, { siteId, emails: true }) }))
    const one = textOf(worker.exportSite(await optionsFor(db, { siteId, emails: true })))
    const part = textOf(worker.exportSite(await optionsFor(db, { siteId, emails: true, since: second(699) })))
    const found = worker.search({ siteIds: [siteId], text: 'nomor 12.', take: 10, order: 'asc' })
    expect(await found).toEqual([rows[12]?.id])
    expect(await one).toBe(expected)
    expect((await part).match(/p\d+@example\.org/g)).toEqual(['p699@example.org'])
  })

  test('sees a comment as soon as it is stored', async () => {
    const { db, worker, siteId, rows } = await start()
    const search = () => worker.search({ siteIds: [siteId], text: 'baru saja', take: 10, order: 'desc' })
    expect(await search()).toEqual([])
    const late = commentRow({ siteId, threadId: rows[0]?.threadId ?? '', at: second(800), body: 'Baru saja' })
    await addComments(db, [late])
    expect(await search()).toEqual([late.id])
  })
})
