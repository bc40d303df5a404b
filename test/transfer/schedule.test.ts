import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { createSchedule } from '../../src/transfer/schedule.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { linesOf } from './seed.ts'

const DAY = 86_400
const folderOf = ({ deps }: TestApp) => join(deps.config.dataDir, 'exports', 'default')
const kept = async ({ http, keyFor }: TestApp) => {
  const { body } = await http.get('/api/v1/sites/default/exports').set(await keyFor('owner'))
  return body.exports as { name: string; createdAt: string; emails: boolean; size: number }[]
}

describe.each(['sqlite', 'postgresql'] as const)('scheduled exports (%s)', (kind) => {
  test('are kept as often as the site wants, only the newest, and owners fetch them', async () => {
    const app = await startApp({ kind })
    await app.reply({ body: 'Pertama', email: 'budi@example.org' })
    await app.deps.schedule.look()
    expect(await kept(app)).toEqual([])

    await app.set({ exportEveryDays: 1, exportsKept: 2 })
    for (let day = 0; day < 4; day++) {
      await app.deps.schedule.look()
      await app.deps.schedule.look() // once a day
      app.clock.advance(DAY)
    }
    expect((await kept(app)).map(({ name, createdAt, emails }) => [name, createdAt, emails])).toEqual([
      ['20261126T050000Z.ndjson.gz', '2026-11-26T05:00:00.000Z', false],
      ['20261125T050000Z.ndjson.gz', '2026-11-25T05:00:00.000Z', false],
    ])
    const answer = await fetch(`${app.url}/api/v1/sites/default/exports/20261126T050000Z.ndjson.gz`, { headers: await app.keyFor('owner') })
    expect(answer.headers.get('Content-Type')).toBe('application/gzip')
    expect(answer.headers.get('Content-Disposition')).toContain('comments-default-20261126T050000Z.ndjson.gz')
    const bytes = Buffer.from(await answer.arrayBuffer())
    const lines = linesOf(gunzipSync(bytes).toString('utf8'))
    expect(lines[0]).toMatchObject({ type: 'header', emails: false })
    expect(lines.at(-1)).toMatchObject({ type: 'trailer', count: 1 })
    expect(JSON.stringify(lines)).not.toContain('budi@')

    await app.set({ exportEmails: true, exportEveryDays: 7 })
    await app.deps.schedule.look()
    expect(await kept(app)).toHaveLength(2)
    app.clock.advance(7 * DAY)
    await app.deps.schedule.look()
    const [newest] = await kept(app)
    expect(newest).toMatchObject({ emails: true, name: expect.stringMatching(/Z-emails\.ndjson\.gz$/) })
    const found = await app.deps.exports.kept.read('default', newest?.name ?? '')
    expect(gunzipSync(await buffer(found?.stream ?? Readable.from([]))).toString('utf8')).toContain('budi@example.org')
  })

  test('are made once by several processes, and by another when the one that began is dead', async () => {
    const app = await startApp({ kind })
    await app.set({ exportEveryDays: 1 })
    const { db, clock, log, sites, exports } = app.deps
    const made: string[] = []
    const keeps = (keep: (name: string) => Promise<string>) => ({
      ...exports.kept,
      keep: async ({ history, siteKey }: { history: Readable; siteKey: string }) => {
        history.destroy()
        made.push(siteKey)
        return keep(siteKey)
      },
    })
    const replica = (keep = async (name: string) => name) =>
      createSchedule({ db, clock, log, sites, exports: { ...exports, kept: keeps(keep) } })
    const replicas = [replica(), replica(), replica()]
    await Promise.all(replicas.map(({ look }) => look()))
    expect(made).toEqual(['default'])

    app.clock.advance(DAY)
    await replica(() => Promise.reject(new Error('the disk is full'))).look()
    await replica().look()
    expect(made).toHaveLength(3) // a failure gives it back at once

    app.clock.advance(DAY)
    const began = new Promise<void>((resolve) => {
      void replica(() => {
        resolve()
        return new Promise(() => undefined)
      }).look()
    })
    await began
    await replica().look()
    expect(made).toHaveLength(4)
    app.clock.advance(DAY / 2)
    await replica().look()
    expect(made).toHaveLength(5)
  })
})

test('on disk they are readable by the server alone, what is no export is not listed, and no name leads out of the folder', async () => {
  const app = await startApp()
  await app.set({ exportEveryDays: 1 })
  await mkdir(folderOf(app), { recursive: true })
  await writeFile(join(folderOf(app), 'notes.txt'), 'mine')
  await app.deps.schedule.look()
  expect((await stat(join(folderOf(app), '20261123T050000Z.ndjson.gz'))).mode & 0o777).toBe(0o600)
  expect(await kept(app)).toHaveLength(1)
  const key = await app.keyFor('owner')
  for (const name of [
    'notes.txt',
    '..%2f..%2fsecret',
    '%2e%2e%2fdefault%2f20261123T050000Z.ndjson.gz',
    '20261123T050000Z.ndjson.gz%00',
    '..',
  ])
    expect((await app.http.get(`/api/v1/sites/default/exports/${name}`).set(key)).status).toBe(404)
  await app.http
    .get('/api/v1/sites/default/exports')
    .set(await app.keyFor('moderator', 'default'))
    .expect(403)
})
