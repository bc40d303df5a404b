import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import SQLite from 'better-sqlite3'
import { connect } from '../../src/database/connect.ts'
import { checkpointFile } from '../../src/program-files.ts'
import { createDatabase } from '../support/databases.ts'

/** Frames in the log, and how many of them the file has already. */
function logOf(url: string): { log: number; checkpointed: number } {
  const db = new SQLite(url.slice('file:'.length), { readonly: true })
  const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  db.close()
  if (!state) throw new Error('SQLite says nothing of its log')
  return state
}

const PAGE = 'x'.repeat(4096)
/** Ten pages or more to a transaction. */
const writeSome = (db: Awaited<ReturnType<typeof connect>>, name: string) =>
  db.write((tx) => tx.meta.createMany({ data: Array.from({ length: 10 }, (_, n) => ({ key: `${name} ${n}`, value: PAGE })) }))

test('a thread copies a long log into the file while the writer goes on, and the log does not grow for ever', async () => {
  const url = await createDatabase('sqlite')
  const db = await connect({ url, checkpointThread: checkpointFile() })
  let written = 0
  let state = logOf(url)
  for (; state.checkpointed === 0; state = logOf(url)) {
    await writeSome(db, `${written++}`)
    if (state.log > 4000) await wait(10) // the thread has been asked: it takes as long as it takes
  }
  expect(state.log).toBeLessThan(16_000)
  expect(await db.read.meta.count()).toBe(written * 10)
  await db.close()
  const again = await connect({ url })
  expect(await again.read.meta.count()).toBe(written * 10)
  await again.close()
})

test('where the thread cannot run, writes go on and the writer copies the log itself', async () => {
  const url = await createDatabase('sqlite')
  const db = await connect({ url, checkpointThread: new URL('./no-such-thread.js', checkpointFile()) })
  for (let written = 0; written < 1700; written++) await writeSome(db, `${written}`)
  expect(logOf(url).log).toBeLessThan(16_100)
  expect(await db.read.meta.count()).toBe(17_000)
  await db.close()
})
