import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { readWxr } from './read-wxr.ts'
import { onDisk, wordpressExport } from './wordpress-posts.ts'

const CLI = new URL('../../dist/cli.js', import.meta.url).pathname
const POSTS = wordpressExport([{ id: 42, title: 'Kereta <em>malam</em>', link: `${ARTICLE}/` }], { root: 'https://berita.example' })
const PATH = '/api/v1/sites/default/export'

/** A site with a comment on WordPress's post and one on an article that WordPress does not have. */
async function twoThreads(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  await app.reply({ body: 'Terima kasih', email: 'ani@example.org' }).expect(201)
  app.clock.advance(60)
  await app.reply({ url: 'https://berita.example/hilang', title: 'Hilang' }).expect(201)
  return { app, owner: await app.keyFor('owner') }
}

/** Waits until nothing is left of what was sent: the last of it goes with the answer's end. */
async function nothingLeft({ deps }: TestApp): Promise<void> {
  while ((await readdir(join(deps.config.dataDir, 'departures'))).length > 0) await nextTurn()
}

test("an owner sends WordPress's export and gets the comments for its posts", async () => {
  const { app, owner } = await twoThreads()
  const answer = await app.http.post(PATH).query({ emails: true }).set(owner).type('application/xml').send(POSTS).buffer(true).expect(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/xml; charset=utf-8',
    'content-disposition': 'attachment; filename="comments-default.xml"',
    'cache-control': 'no-store',
  })
  const { items } = readWxr(answer.text)
  expect(items.map(({ fields }) => [fields['title'], fields['wp:post_id'], fields['wp:status']])).toEqual([
    ['Kereta <em>malam</em>', '42', 'publish'],
    ['https://berita.example/hilang', '44', 'draft'],
  ])
  expect(items[0]?.comments[0]?.fields).toMatchObject({
    'wp:comment_author_email': 'ani@example.org',
    'wp:comment_author_IP': expect.stringMatching(/127\.0\.0\.1$/),
  })
  await nothingLeft(app)
})

test('a dry run says which thread lands where, and which nowhere; a packed file is taken too', async () => {
  const { app, owner } = await twoThreads()
  const { body } = await app.http.post(PATH).query({ dryRun: true }).set(owner).type('application/gzip').send(gzipSync(POSTS)).expect(200)
  expect(body).toEqual({
    threads: [
      {
        id: expect.any(String),
        url: ARTICLE,
        title: null,
        comments: 1,
        existing: 0,
        post: { id: 42, title: 'Kereta <em>malam</em>', type: 'post', status: 'publish', date: '2026-02-01 09:00:00' },
        by: 'address',
      },
      {
        id: expect.any(String),
        url: 'https://berita.example/hilang',
        title: null,
        comments: 1,
        existing: 0,
        post: null,
        by: null,
      },
    ],
    landed: 1,
    drafts: 1,
    comments: 2,
    existing: 0,
  })
  const part = await app.http.post(PATH).query({ dryRun: true, url: ARTICLE }).set(owner).send(POSTS).expect(200)
  expect(part.body).toMatchObject({ landed: 1, drafts: 0 })
  const none = await app.http.post(PATH).query({ dryRun: true, status: 'spam' }).set(owner).send(POSTS).expect(200)
  expect(none.body).toEqual({ threads: [], landed: 0, drafts: 0, comments: 0, existing: 0 })
  await nothingLeft(app)
})

test('a file that is none is refused with its place, and nobody but an owner may leave', async () => {
  const { app, owner } = await twoThreads()
  const refused = await app.http.post(PATH).set(owner).type('application/xml').send(POSTS.slice(0, 900)).expect(422)
  expect(refused.body).toMatchObject({ type: 'urn:balas:problem:unreadable-file', detail: expect.stringContaining('cut off') })
  await app.http.post(PATH).set(owner).query({ format: 'csv' }).send(POSTS).expect(422)
  await app.http.post(PATH).set(owner).query({ url: 'https://berita.example/tidak-ada' }).type('application/xml').send(POSTS).expect(422)
  await app.http
    .post(PATH)
    .set(await app.keyFor('moderator'))
    .type('application/xml')
    .send(POSTS)
    .expect(403)
  await app.http.post(PATH).type('application/xml').send(POSTS).expect(401)
  await nothingLeft(app)
})

test('the command prints where threads land, and writes the file', async () => {
  const { app } = await twoThreads()
  const { file } = await onDisk(POSTS)
  const { databaseUrl, dataDir } = app.deps.config
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: 'a secret that only tests know' }
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [CLI, 'export', '--site', 'default', ...args], { env })
  const { stdout } = await run('--format', 'wxr', '--posts', file, '--dry-run')
  expect(stdout.split('\n')).toEqual([
    `${ARTICLE} -> post 42 "Kereta <em>malam</em>", publish (1 comment)`,
    'https://berita.example/hilang -> nowhere: comes as a draft of its own (1 comment)',
    "1 thread on WordPress's posts, 1 thread on none; 2 comments, 0 of them there already",
    '',
  ])
  const out = `${file}.out`
  await run('--format', 'wxr', '--posts', file, '--out', out)
  expect(readWxr(await readFile(out, 'utf8')).items).toHaveLength(2)
  await nothingLeft(app)
  await expect(run('--posts', file)).rejects.toMatchObject({ stderr: expect.stringContaining('--posts is for --format wxr') })
})
