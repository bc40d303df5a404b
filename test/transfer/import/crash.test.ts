import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from '@jest/globals'
import { startApp, type TestApp } from '../../support/app.ts'
import { createDatabase } from '../../support/databases.ts'
import { exportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname
const SECRET = 'a secret that only tests know'
const COMMENTS = 3000

/** A history in which half of the comments answer others. */
const text = fileOf([
  ...Array.from({ length: 40 }, (_, n) => thread(n)),
  ...Array.from({ length: COMMENTS }, (_, n) => {
    const second = 100 + n
    const parentId = n % 2 === 1 && n > 80 ? idAt(second - 40) : null
    return comment(second, { threadId: idAt(n % 40), url: `https://berita.example/${n % 40}`, parentId })
  }),
])

const progressOf = async ({ deps }: TestApp) => (await deps.db.read.import.findFirst())?.position ?? 0

it.each(['sqlite', 'postgresql'] as const)(
  'an import that was killed goes on at the next start, with the result of one that was not (%s)',
  async (kind) => {
    const databaseUrl = await createDatabase(kind)
    const app = await startApp({ kind, databaseUrl })
    const { dataDir } = app.deps.config
    const file = join(dataDir, 'history.ndjson')
    await writeFile(file, text)
    const child = spawn(process.execPath, [CLI, 'import', '--site', 'default', '--format', 'ndjson', file], {
      env: { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, SECRET, TZ: 'Asia/Jakarta', PGTZ: 'Asia/Jakarta' },
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    while ((await progressOf(app)) === 0) await wait(5)
    child.kill('SIGKILL')
    await ended
    const reached = await progressOf(app)
    expect(reached).toBeGreaterThan(0)
    expect(reached).toBeLessThan(COMMENTS)

    app.clock.advance(10 * 365 * 86_400) // whatever the time at which the command took its lease
    await app.deps.importQueue.drainOnce()
    expect(await app.deps.db.read.import.findFirst()).toMatchObject({
      state: 'done',
      position: COMMENTS,
      attempts: 2,
      report: { comments: { read: COMMENTS, new: COMMENTS, same: 0 }, threads: { new: 40, same: 0 } },
    })
    const withoutSnapshot = (history: string) => history.split('\n').slice(1, -2).join('\n')
    expect(withoutSnapshot(await exportOf(app))).toBe(withoutSnapshot(text))
  },
)
