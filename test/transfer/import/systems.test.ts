import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, it } from '@jest/globals'
import { startApp } from '../../support/app.ts'
import { bring, reportOf } from './bring.ts'
import { withFile } from './read.ts'

const base = 'https://berita.example'
const html = '<p>Halo <b>semua</b></p>\n<p>Baris <a href="https://lain.example/">dua</a></p>'
const markdown = 'Halo **semua**\n\nBaris [dua](https://lain.example/)'
const shown =
  /^<p>Halo <(?:b|strong)>semua<\/(?:b|strong)><\/p>\n?<p>Baris <a href="https:\/\/lain\.example\/" rel="nofollow ugc noopener">dua<\/a><\/p>$/

const isso = () =>
  withFile('', async (file) => {
    const database = new Database(file)
    database.exec(`CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR, title VARCHAR);
      CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR,
        email VARCHAR, voters BLOB);
      INSERT INTO threads VALUES (1, '/isso', 'Isso');
      INSERT INTO comments VALUES (1, 2, 1, 1616066988, 1, '203.0.113.0', '${markdown}', 'Sari', 'sari@example.org', x'00');
      INSERT INTO comments VALUES (1, 1, NULL, 1616066987, 4, NULL, '', NULL, NULL, x'00');`)
    database.close()
    return readFile(file)
  })

const json = (value: unknown) => JSON.stringify(value)
const files: Record<string, () => string | Uint8Array | Promise<Uint8Array>> = {
  wxr: () => `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Wxr</title><link>${base}/wxr</link><wp:post_id>1</wp:post_id>
    <wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Sari</wp:comment_author><wp:comment_parent>1</wp:comment_parent><wp:comment_approved>1</wp:comment_approved>
    <wp:comment_date_gmt>2021-03-18 11:29:48</wp:comment_date_gmt><wp:comment_content><![CDATA[Halo <b>semua</b>\n\nBaris <a href="https://lain.example/">dua</a>]]></wp:comment_content></wp:comment>
    <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved><wp:comment_content>x</wp:comment_content></wp:comment></item></channel></rss>`,
  disqus:
    () => `<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><link>${base}/disqus</link><title>Disqus</title></thread>
    <post dsq:id="2"><message><![CDATA[${html}]]></message><createdAt>2021-03-18T11:29:48Z</createdAt><author><name>Sari</name></author><thread dsq:id="1"/><parent dsq:id="1"/></post>
    <post dsq:id="1"><isDeleted>true</isDeleted><createdAt>2021-03-18T11:29:47Z</createdAt><thread dsq:id="1"/></post></disqus>`,
  isso,
  remark42: () =>
    gzipSync(
      [
        { version: 1, users: [], posts: [] },
        { id: '1', text: '', delete: true, locator: { url: `${base}/remark42` }, time: '2021-03-18T11:29:47Z', title: 'Remark42' },
        { id: '2', pid: '1', text: html, user: { name: 'Sari' }, locator: { url: `${base}/remark42` }, time: '2021-03-18T11:29:48Z' },
      ]
        .map(json)
        .join('\n'),
    ),
  cusdis: () =>
    json({
      pages: [{ id: 'p', slug: 'x', url: `${base}/cusdis`, title: 'Cusdis' }],
      comments: [
        { id: '1', pageId: 'p', by_nickname: 'Ani', content: 'x', approved: true, createdAt: '2021-03-18T11:29:47Z' },
        { id: '2', pageId: 'p', parentId: '1', by_nickname: 'Sari', content: markdown, approved: true, createdAt: '2021-03-18T11:29:48Z' },
      ],
    }),
  commento: () =>
    json({
      version: 1,
      comments: [
        {
          commentHex: '1',
          domain: 'berita.example',
          url: '/commento',
          commenterHex: 'p',
          markdown: '[deleted]',
          parentHex: 'root',
          state: 'approved',
        },
        { commentHex: '2', domain: 'berita.example', url: '/commento', commenterHex: 'p', markdown, parentHex: '1', state: 'approved' },
      ],
      commenters: [{ commenterHex: 'p', name: 'Sari', email: 'sari@example.org' }],
    }),
  artalk: () =>
    json([
      { id: '1', rid: '0', content: 'x', nick: 'Ani', page_key: '/artalk' },
      { id: '2', rid: '1', content: markdown, nick: 'Sari', page_key: '/artalk' },
    ]),
  waline: () =>
    json({
      type: 'waline',
      data: {
        Comment: [
          { objectId: '1', comment: 'x', nick: 'Ani', url: '/waline', status: 'approved' },
          { objectId: '2', pid: '1', comment: markdown, nick: 'Sari', url: '/waline', status: 'approved' },
        ],
      },
    }),
  csv: () =>
    `id,url,parentId,authorName,body\r\n1,/csv,,Ani,x\r\n2,/csv,1,Sari,"Halo <b>semua</b>\n\nBaris <a href=""https://lain.example/"">dua</a>"\r\n`,
}

it('brings the comments of every system in, tells the system by the file, and knows them again', async () => {
  const app = await startApp()
  for (const [name, file] of Object.entries(files)) {
    const wish = { text: await file(), format: 'auto', options: { base } } as const
    const { comments, skipped, orphans } = await reportOf(app, wish)
    expect([name, comments.new, skipped, orphans]).toEqual([name, 2, [], []])
    expect([name, (await reportOf(app, wish)).comments]).toEqual([name, expect.objectContaining({ new: 0, same: 2 })])

    const thread = await app.http.get('/api/v1/sites/default/thread').query({ url: `${base}/${name}` })
    const [, reply] = thread.body.comments
    expect([name, reply.depth, reply.author.name]).toEqual([name, 1, 'Sari'])
    expect(reply.html).toMatch(shown)
  }
  expect(app.mails).toEqual([])
})

it('refuses a file that does not tell what wrote it, and keeps nothing of it', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  const answer = await app.http.post('/api/v1/sites/default/imports?format=auto').set(owner).type('application/octet-stream').send('halo')
  expect([answer.status, answer.body.type]).toEqual([422, 'urn:balas:problem:unreadable-file'])
  expect(answer.body.detail).toContain('name the format, one of ndjson, wxr')
  expect((await app.http.get('/api/v1/sites/default/imports').set(owner)).body.imports).toEqual([])
})

it('says of a file that cannot be read where it cannot be read', async () => {
  const app = await startApp()
  const text = '<disqus xmlns="http://disqus.com">\n<thread>\n<link>https://berita.example/'
  const { state, problem } = await bring(app, { text, format: 'auto' })
  expect([state, problem?.detail]).toEqual(['failed', expect.stringMatching(/cut off. \(line 3, column \d+\)/)])
})
