import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from '@jest/globals'
import { startApp, type TestApp } from '../../support/app.ts'
import { bring, reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

const IMPORTS = '/api/v1/sites/default/imports'
const whole = fileOf([thread(0), comment(10), comment(11)])
const leftBehind = async ({ deps }: TestApp) => [
  ...(await deps.files.list({ area: 'import' })),
  ...(await readdir(join(deps.config.dataDir, 'stages')).catch(() => [])),
]

const broken: [name: string, text: string | Uint8Array, detail: string][] = [
  ['cut off', whole.slice(0, whole.indexOf('{"type":"trailer"')), 'The file was cut off: it ends at line 4 without its last record.'],
  ['cut off in a line', whole.slice(0, -90), 'The file was cut off: it ends at line 5 without its last record.'],
  ['changed', whole.replace('ntar 11"', 'ntar 12"'), 'Line 5: the file was changed since it was written: its checksum is another one.'],
  ['a comment short', fileOf([thread(0), comment(10)], { count: 2 }), 'Line 4: the file should hold 2 comments, but holds 1.'],
  ['longer than its end', `${whole}{}\n`, "Line 6: something stands behind the file's last record."],
  ['Latin-1', Buffer.from(whole.replace('Artikel 0', 'Artikel é'), 'latin1'), 'Line 2, column 112: this is not UTF-8.'],
  ['UTF-16', Buffer.from(`\ufeff${whole}`, 'utf16le'), 'The file is in UTF-16 (little-endian). Save it as UTF-8 and try again;'],
  ['something else', 'id,body\n1,Halo\n', 'Line 1: this is no NDJSON export of Balas: it has no header.'],
]

it('a file that is not as it was written is refused with the place, and nothing of it comes in', async () => {
  const app = await startApp()
  for (const [name, text, detail] of broken) {
    const { state, problem } = await bring(app, { text })
    expect({ name, state, problem }).toMatchObject({
      name,
      state: 'failed',
      problem: { title: 'The file cannot be read', detail: expect.stringContaining(detail) },
    })
  }
  expect(await app.deps.db.read.thread.count()).toBe(0)
  expect(await leftBehind(app)).toEqual([])
})

it('one bad comment is skipped and named, and the others come in', async () => {
  const app = await startApp()
  const evil = { body: 'a', html: '<p>a</p><script>alert(1)</script>' }
  const text = fileOf([
    thread(0),
    '{"type":"comment",',
    comment(10, evil),
    comment(11, { status: 'odd' as 'spam' }),
    comment(12),
    comment(12),
  ])
  const { comments, skipped } = await reportOf(app, { text })
  expect(comments).toMatchObject({ read: 5, new: 1, skipped: 4 })
  expect(skipped.flatMap(({ code, examples }) => examples.map(({ line }) => [line, code])).toSorted()).toEqual([
    [3, 'bad-json'],
    [4, 'unclean-html'],
    [5, 'bad-field'],
    [7, 'twice'],
  ])
})

it('takes gzip as it comes, and refuses one that unpacks to harm or is damaged before anything of it is kept', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  expect((await reportOf(app, { text: gzipSync(whole) })).comments).toMatchObject({ new: 2 })
  const send = (bytes: Buffer) => app.http.post(IMPORTS).query({ format: 'ndjson' }).set(owner).type('application/gzip').send(bytes)
  const bomb = await send(gzipSync(Buffer.alloc(64 * 1024 ** 2)))
  expect(bomb).toMatchObject({ status: 422, body: { detail: 'The gzip file unpacks to more than 200 times its size.' } })
  expect(await send(gzipSync(whole).subarray(0, 200))).toMatchObject({
    status: 422,
    body: { detail: 'The gzip file is damaged or was cut off.' },
  })
  expect(await send(Buffer.alloc(0))).toMatchObject({ status: 400 })
  expect(await leftBehind(app)).toEqual([])
})

it('owners alone bring files in; they are told how far it is, and can end it', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  const send = (headers: Record<string, string>) =>
    app.http.post(IMPORTS).query({ format: 'ndjson' }).set(headers).type('application/x-ndjson').send(whole)
  expect((await send(await app.keyFor('moderator', 'default'))).status).toBe(403)
  expect((await app.http.post(IMPORTS).query({ format: 'odd' }).set(owner).send('x')).body.errors).toMatchObject([{ field: 'format' }])
  const first = await send(owner)
  expect(first).toMatchObject({ status: 202, body: { import: { state: 'queued', format: 'ndjson', dryRun: false } } })
  const second = await send(owner)
  const id = (answer: typeof first) => answer.body.import.id as string
  await app.http
    .delete(`${IMPORTS}/${id(first)}`)
    .set(owner)
    .expect(204)
  await app.http
    .delete(`${IMPORTS}/${id(first)}`)
    .set(owner)
    .expect(409)
  await app.deps.importQueue.drainOnce()
  expect((await app.http.get(`${IMPORTS}/${id(first)}`).set(owner)).body.import).toMatchObject({
    state: 'failed',
    problem: { type: 'urn:balas:problem:cancelled' },
  })
  const { text } = await app.http.get(`${IMPORTS}/${id(second)}/events`).set(owner)
  expect(text).toMatch(/event: progress\ndata: .*"state":"done"/)
  const { body } = await app.http.get(IMPORTS).set(owner)
  expect((body.imports as { id: string }[]).map(({ id: one }) => one)).toEqual([id(second), id(first)])
  expect(await leftBehind(app)).toEqual([])
  expect(await app.deps.db.read.comment.findUnique({ where: { id: idAt(10) } })).toMatchObject({ status: 'approved' })
})
