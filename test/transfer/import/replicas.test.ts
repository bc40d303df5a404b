import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { eventually as within } from '../../comments/hot.ts'
import { newDataDir } from '../../process/run.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { createDatabase } from '../../support/databases.ts'
import { exportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname
const SECRET = 'a secret that only tests know'
const IMPORTS = '/api/v1/sites/default/imports?format=ndjson'
const COMMENTS = 3000
const OWNER = { id: 'user:1', name: 'Owner' }

/** On a machine that is busy with other tests, too. */
const eventually = <T>(ask: () => Promise<T>, wished: (answer: T) => boolean) => within(ask, wished, 60_000)

/** A history in which half of the comments answer others. */
const text = fileOf([
  ...Array.from({ length: 40 }, (_, n) => thread(n)),
  ...Array.from({ length: COMMENTS }, (_, n) => {
    const second = 100 + n
    const parentId = n % 2 === 1 && n > 80 ? idAt(second - 40) : null
    return comment(second, { threadId: idAt(n % 40), url: `https://berita.example/${n % 40}`, parentId })
  }),
])
const withoutSnapshot = (history: string) => history.split('\n').slice(1, -2).join('\n')

const importIn = ({ deps }: TestApp) => deps.db.read.import.findFirst()
const hasBegun = (app: TestApp) =>
  eventually(
    async () => (await importIn(app))?.position ?? 0,
    (position) => position > 0,
  )
const piecesIn = async ({ deps: { db } }: TestApp) => [await db.read.keptFile.count(), await db.read.keptChunk.count()]

/** All is here, once, and nothing is left of the file. */
const expectWhole = async (app: TestApp) => {
  const { state, position, report } = (await importIn(app)) ?? {}
  const { comments } = report as { comments: { read: number; new: number; same: number } }
  expect({ state, position, read: comments.read, here: comments.new + comments.same }).toEqual({
    state: 'done',
    position: COMMENTS,
    read: COMMENTS,
    here: COMMENTS,
  })
  expect(await app.deps.db.read.comment.count()).toBe(COMMENTS)
  expect(withoutSnapshot(await exportOf(app))).toBe(withoutSnapshot(text))
  expect(await app.deps.files.list({ area: 'import' })).toEqual([])
  expect(await piecesIn(app)).toEqual([1, 1]) // the list of what was left out
}

it('a replica that was killed at an import is followed by another, which has nothing of it on its disk', async () => {
  const databaseUrl = await createDatabase('postgresql')
  const app = await startApp({ databaseUrl })
  const dataDir = await newDataDir()
  const file = join(dataDir, 'history.ndjson')
  await writeFile(file, text)
  const child = spawn(process.execPath, [CLI, 'import', '--site', 'default', '--format', 'ndjson', file], {
    env: { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, SECRET },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  await hasBegun(app)
  child.kill('SIGKILL')
  await ended
  expect(await importIn(app)).toMatchObject({ state: 'running', attempts: 1 })

  app.clock.advance(10 * 365 * 86_400) // whatever the time at which the command took its lease
  await app.deps.importQueue.drainOnce()
  await expectWhole(app)
})

it('a replica that is stopped at an import hands it on', async () => {
  const databaseUrl = await createDatabase('postgresql')
  const [one, two] = [await startApp({ databaseUrl }), await startApp({ databaseUrl })]
  expect(one.deps.config.dataDir).not.toBe(two.deps.config.dataDir)
  const site = await one.deps.sites.byKey('default')
  const body = Readable.from([Buffer.from(text)])
  await one.deps.imports.begin({ site, actor: OWNER, format: 'auto', options: {}, dryRun: false, body })
  const work = one.deps.importQueue.drainOnce()
  await hasBegun(two)
  await one.deps.importQueue.stop()
  await work
  expect(await importIn(two)).toMatchObject({ state: 'running', leaseUntil: null })
  await two.deps.importQueue.drainOnce()
  await expectWhole(two)
  expect(await one.deps.db.read.import.findFirst()).toMatchObject({ attempts: 1 }) // it was not the file's fault
})

it('an export that one replica keeps is listed and fetched at another', async () => {
  const databaseUrl = await createDatabase('postgresql')
  const [one, two] = [await startApp({ databaseUrl }), await startApp({ databaseUrl })]
  await one.reply({ body: 'Pertama' })
  await one.set({ exportEveryDays: 1, exportsKept: 2 })
  for (let day = 0; day < 3; day++) {
    await one.deps.schedule.look()
    one.clock.advance(86_400)
  }
  const owner = await two.keyFor('owner')
  const { body } = await two.http.get('/api/v1/sites/default/exports').set(owner)
  expect((body.exports as { name: string }[]).map(({ name }) => name)).toEqual(['20261125T050000Z.ndjson.gz', '20261124T050000Z.ndjson.gz'])
  const answer = await fetch(`${two.url}/api/v1/sites/default/exports/20261125T050000Z.ndjson.gz`, { headers: owner })
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(Number(answer.headers.get('Content-Length'))).toBe(bytes.length)
  expect(gunzipSync(bytes).toString()).toContain('Pertama')
})

describe.each(['sqlite', 'postgresql'] as const)('a file that is too large, or does not come whole (%s)', (kind) => {
  it('is refused by what it may be, whether its size is told or not, and nothing of it stays', async () => {
    const app = await startApp({ kind, env: { IMPORT_LIMIT_MIB: '2' } })
    const owner = await app.keyFor('owner')
    const large = randomBytes(3 * 1024 ** 2)
    const told = await app.http.post(IMPORTS).set(owner).type('application/x-ndjson').send(large)
    expect(told).toMatchObject({ status: 413, body: { detail: 'A file is at most 2 MiB.' } })
    const untold = await sendInParts({ app, owner, parts: [large] })
    expect(untold).toMatchObject({ status: 413, body: { detail: 'A file is at most 2 MiB.' } })
    expect(await app.deps.files.list({ area: 'import' })).toEqual([])
    expect(await piecesIn(app)).toEqual([0, 0])
  })

  it('is not left behind when its sender goes away', async () => {
    const app = await startApp({ kind })
    const sending = startSending({ app, owner: await app.keyFor('owner') })
    sending.write(randomBytes(5 * 1024 ** 2))
    if (kind === 'postgresql')
      await eventually(
        () => piecesIn(app),
        ([, chunks]) => (chunks ?? 0) >= 2,
      )
    sending.destroy()
    await eventually(
      () => piecesIn(app),
      ([files]) => files === 0,
    )
    expect(await app.deps.files.list({ area: 'import' })).toEqual([])
    expect(await importIn(app)).toBeNull()
  })
})

it('says by default that a file in PostgreSQL is at most 1 GiB, and on disk 4 GiB', async () => {
  for (const [kind, limit] of [
    ['sqlite', '4 GiB'],
    ['postgresql', '1 GiB'],
  ] as const) {
    const app = await startApp({ kind })
    const { text: description } = await app.http.get('/api/v1/openapi.json')
    expect(description).toContain(`A file is at most ${limit}.`)
  }
})

/** Begins to send a file without saying how large it is. */
function startSending({ app, owner }: { app: TestApp; owner: Record<string, string> }) {
  const sending = request(app.url + IMPORTS, { method: 'POST', headers: { ...owner, 'Content-Type': 'application/x-ndjson' } })
  sending.on('error', () => undefined) // the server may answer, and close, before it has read all
  return sending
}

async function sendInParts({ app, owner, parts }: { app: TestApp; owner: Record<string, string>; parts: Buffer[] }) {
  const sending = startSending({ app, owner })
  const answered = new Promise<{ status: number | undefined; body: unknown }>((resolve) => {
    sending.on('response', (answer) => {
      void buffer(answer).then((bytes) => resolve({ status: answer.statusCode, body: JSON.parse(bytes.toString()) as unknown }))
    })
  })
  for (const part of parts) sending.write(part)
  sending.end()
  return answered
}
