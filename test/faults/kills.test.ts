import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { migrate } from '../../src/database/migrate.ts'
import { bare, count, earlier, emptyDatabase, fill } from './states.ts'

const CLI = join(import.meta.dirname, '../../dist/cli.js')
/** Bytes that the log may have when the process is killed: from before the first migration to behind the last. */
const MOMENTS = [1, 4e3, 40e3, 100e3, 200e3, 300e3, 400e3, 500e3, 600e3, 800e3]

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0

/** Kills a migration as soon as it has written so much. */
async function killedAt(file: string, bytes: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLI, 'migrate'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: `file:${file}`, SECRET: 'x'.repeat(40) },
  })
  const ended = once(child, 'exit')
  while (child.exitCode === null && (await sizeOf(`${file}-wal`)) < bytes) await nextTurn()
  child.kill('SIGKILL')
  await ended
  return child
}

test.each(['a first start', 'an upgrade'])('%s that is killed at any moment is gone on with by the next one', async (start) => {
  const inTheMiddle: number[] = []
  for (const bytes of MOMENTS) {
    const url = await emptyDatabase('sqlite')
    const file = url.slice('file:'.length)
    if (start === 'an upgrade') {
      await migrate({ url, migrationsDir: await earlier('sqlite', 4) })
      const filled = await bare(url)
      await fill(filled, 'sqlite')
      await filled.close()
    }
    await killedAt(file, bytes)
    const left = await migrate({ url })
    if (left.length > 0) inTheMiddle.push(bytes)
    expect(await migrate({ url })).toEqual([])
    const db = await bare(url)
    if (start === 'an upgrade') expect(await count(db, 'sqlite')).toMatchObject({ Site: 1, Thread: 1, Comment: 1, History: 1 })
    expect(await db.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    await db.close()
  }
  expect(inTheMiddle.length).toBeGreaterThan(2)
})
