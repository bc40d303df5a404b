import { expect, test } from '@jest/globals'
import type { Database } from '../../src/database/connect.ts'
import { settingsOf } from '../../src/sites/settings.ts'
import { indexPosts } from '../../src/transfer/leaving/index-posts.ts'
import { landings } from '../../src/transfer/leaving/landings.ts'
import { eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, second } from './history.ts'
import { readWxr } from './read-wxr.ts'
import { exported, optionsFor } from './seed.ts'
import { onDisk, wordpressExport } from './wordpress-posts.ts'

type Posts = Parameters<typeof wordpressExport>[0]

interface Wish {
  siteId: string
  posts: Posts
  redirects?: Map<string, { url: string; key: string }>
  emails?: boolean
}

/** Notes what a blog has, for a site at blog.example. */
async function indexed(db: Database, { siteId, posts, redirects = new Map() }: Wish): Promise<string> {
  const { file, indexFile } = await onDisk(wordpressExport(posts))
  const site = { rules: settingsOf({}), allowedOrigins: ['https://blog.example'], ownOrigins: [], redirects }
  await indexPosts({ db, posts: { file, indexFile, siteId, site } })
  return indexFile
}

const leftFor = async (db: Database, wish: Wish) =>
  readWxr(await exported(db, { siteId: wish.siteId, format: 'wxr', emails: wish.emails ?? false, posts: await indexed(db, wish) })).items

async function landingsOf(db: Database, wish: Wish) {
  const options = await optionsFor(db, { siteId: wish.siteId, format: 'wxr' })
  const found = []
  for await (const one of landings({ db, options: { ...options, posts: await indexed(db, wish) } })) found.push(one)
  return found
}

/** A comment that was brought in from WordPress under a number. */
const broughtIn = (db: Database, siteId: string, names: [name: string, commentId: string][]) =>
  db.write((tx) =>
    tx.externalId.createMany({
      data: names.map(([name, commentId]) => ({ siteId, name, commentId, source: 'wxr', hash: '', version: 1 })),
    }),
  )

eachDatabase('leaving for WordPress', (open) => {
  test("names a thread's post as WordPress has it, to the last sign, so that its importer finds it", async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'odd' })
    await addComments(db, [commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(10) })])
    const title = ' Tom &amp; Jerry: <em>malam</em> ]]> "pagi" '
    const post = { id: 4711, title, link: 'https://www.blog.example/odd/0/?utm_source=x', date: '2026-02-01 09:00:00', name: 'malam' }
    const [item, ...others] = await leftFor(db, { siteId, posts: [{ ...post, type: 'page', status: 'private' }] })
    expect(others).toEqual([])
    expect(item).toMatchObject({
      fields: {
        title,
        'wp:post_id': '4711',
        'wp:post_date': '2026-02-01 09:00:00',
        'wp:post_date_gmt': '2026-02-01 02:00:00',
        'wp:post_name': 'malam',
        'wp:status': 'private',
        'wp:post_type': 'page',
      },
      meta: {}, // the importer would add it to the blog's post
    })
    expect(item?.comments).toHaveLength(1)
  })

  test('finds posts by number, by old names and addresses, by redirects, and by comments that came from them', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'ways', threads: 6 })
    const rows = threadIds.map((threadId, n) => commentRow({ siteId, threadId, at: second(100 + n) }))
    await addComments(db, rows)
    await db.write((tx) =>
      tx.thread.update({
        where: { id: threadIds[0] ?? '' },
        data: { url: 'https://blog.example/?p=10', key: 'https://blog.example/?p=10' },
      }),
    )
    await broughtIn(db, siteId, [['77', rows[4]?.id ?? '']])
    const redirects = new Map([['https://blog.example/pindah', { url: 'https://blog.example/ways/3', key: 'https://blog.example/ways/3' }]])
    const posts: Posts = [
      { id: 10, title: 'Nomor', link: 'https://blog.example/2026/nomor/' },
      { id: 11, title: 'Nama', link: 'https://blog.example/ways/baru/', name: 'baru', oldNames: ['1'] },
      { id: 12, title: 'Guid', link: 'https://blog.example/lain/', guid: 'https://blog.example/ways/2/' },
      { id: 13, title: 'Pindah', link: 'https://blog.example/pindah/' },
      {
        id: 14,
        title: 'Komentar',
        link: 'https://blog.example/tak-dikenal/',
        comments: [{ id: 77, author: 'Sari', date: '2026-03-01 15:01:44', dateGmt: '2026-03-01 08:01:44' }],
      },
    ]
    const found = await landingsOf(db, { siteId, posts, redirects })
    expect(found.map(({ post, by, existing }) => [post?.title ?? null, by, existing])).toEqual([
      ['Nomor', 'address', 0],
      ['Nama', 'address', 0],
      ['Guid', 'address', 0],
      ['Pindah', 'address', 0],
      ['Komentar', 'comments', 1],
      [null, null, 0],
    ])
  })

  test('takes no post by an address of which the site keeps only the front page', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'front' })
    const [threadId = ''] = threadIds
    await db.write((tx) =>
      tx.thread.update({ where: { id: threadId }, data: { url: 'https://blog.example/', key: 'https://blog.example/' } }),
    )
    await addComments(db, [commentRow({ siteId, threadId, at: second(10) })])
    const posts = [{ id: 3, title: 'Produk', link: 'https://blog.example/?product=3', guid: 'https://blog.example/?post_type=product' }]
    expect(await landingsOf(db, { siteId, posts })).toMatchObject([{ post: null, by: null, comments: 1 }])
  })

  test('brings a thread without a post as a draft under a number of its own, and none without comments', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'draft', threads: 3 })
    await addComments(
      db,
      [0, 1].map((n) => commentRow({ siteId, threadId: threadIds[n] ?? '', at: second(10 + n) })),
    )
    const posts = [
      { id: 500, title: 'Ada', link: 'https://blog.example/draft/0' },
      { id: 1, title: 'Ketiga', link: 'https://blog.example/draft/2' },
    ]
    const items = await leftFor(db, { siteId, posts })
    expect(items.map(({ fields }) => [fields['title'], fields['wp:status'], fields['wp:post_id']])).toEqual([
      ['Ada', 'publish', '500'],
      ['Artikel 1', 'draft', '502'],
    ])
    expect(items[1]?.meta).toEqual({ balas_id: threadIds[1] })
  })

  test('gives two threads of one post numbers of their own, since the importer passes over the second of a number', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'twice', threads: 2 })
    await addComments(
      db,
      threadIds.map((threadId, n) => commentRow({ siteId, threadId, at: second(10 + n) })),
    )
    const posts = [{ id: 9, title: 'Satu', link: 'https://blog.example/twice/0', guid: 'https://blog.example/twice/1' }]
    const items = await leftFor(db, { siteId, posts })
    expect(items.map(({ fields }) => [fields['title'], fields['wp:post_id']])).toEqual([
      ['Satu', '9'],
      ['Satu', '11'],
    ])
  })

  test('leaves comments that WordPress has as they are there, with the replies below them', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'both' })
    const row = { siteId, threadId: threadIds[0] ?? '' }
    const old = commentRow({ ...row, at: second(10), name: 'Tom & Jerry' })
    const met = commentRow({ ...row, at: second(20), name: 'BUDI' })
    const again = commentRow({ ...row, at: second(30), name: 'Citra' })
    const other = commentRow({ ...row, at: second(40), name: 'Dewi' })
    const reply = commentRow({ ...row, at: second(50), parentId: old.id, rootId: old.id, depth: 1 })
    await addComments(db, [old, met, again, other, reply])
    await broughtIn(db, siteId, [
      ['21', old.id],
      ['24', other.id], // of another blog: WordPress's 24 is from another second
    ])
    const at = (seconds: number) => ({ date: `2026-03-01 14:00:${seconds}`, dateGmt: `2026-03-01 08:00:${seconds}` })
    const comments = [
      { id: 21, author: 'Tom &amp; Jerry', ...at(10) },
      { id: 22, author: 'Búdi', ...at(20) },
      { id: 23, author: 'Citra', ...at(31), balasId: again.id }, // came a second later, as there was another of the name
      { id: 24, author: 'Orang lain', ...at(41) },
    ]
    const posts = [{ id: 9, title: 'Satu', link: 'https://blog.example/both/0', comments }]
    const [item] = await leftFor(db, { siteId, posts })
    const said = item?.comments.map(({ fields }) => ['id', 'parent', 'author', 'date'].map((name) => fields[`wp:comment_${name}`]))
    expect(said).toEqual([
      ['21', '0', 'Tom &amp; Jerry', '2026-03-01 14:00:10'],
      ['22', '0', 'Búdi', '2026-03-01 14:00:20'],
      ['23', '0', 'Citra', '2026-03-01 14:00:31'],
      ['28', '0', 'Dewi', '2026-03-01 15:00:40'],
      ['29', '21', 'Sari', '2026-03-01 15:00:50'],
    ])
    expect(await landingsOf(db, { siteId, posts })).toMatchObject([{ comments: 5, existing: 3 }])
  })

  test('of two comments of one name and second brings both: the importer would take the first alone', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'same', threads: 2 })
    const [one = '', two = ''] = threadIds
    await addComments(db, [
      commentRow({ siteId, threadId: one, at: second(10), name: 'Anonim' }),
      commentRow({ siteId, threadId: one, at: second(10), name: 'anonim' }),
      commentRow({ siteId, threadId: two, at: second(11), name: 'Anonim' }),
    ])
    const posts = [
      { id: 1, title: 'Satu', link: 'https://blog.example/same/0' },
      { id: 2, title: 'Dua', link: 'https://blog.example/same/1' },
    ]
    const dates = (await leftFor(db, { siteId, posts })).flatMap(({ comments }) => comments.map(({ fields }) => fields['wp:comment_date']))
    expect(dates).toEqual(['2026-03-01 15:00:10', '2026-03-01 15:00:11', '2026-03-01 15:00:12'])
  })

  test('has IP addresses along when e-mail addresses were asked for', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'ip' })
    await addComments(db, [commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(1), email: 'a@example.org', ip: '203.0.113.7' })])
    const posts = [{ id: 1, title: 'Satu', link: 'https://blog.example/ip/0' }]
    const addresses = async (emails: boolean) =>
      (await leftFor(db, { siteId, posts, emails }))[0]?.comments.map(({ fields }) => [
        fields['wp:comment_author_email'],
        fields['wp:comment_author_IP'],
      ])
    expect(await addresses(false)).toEqual([['', '']])
    expect(await addresses(true)).toEqual([['a@example.org', '203.0.113.7']])
  })

  test('refuses our own export in the place of WordPress’s, and anything else', async () => {
    const db = await open()
    const { siteId } = await addSite(db, { key: 'wrong' })
    const site = { rules: settingsOf({}), allowedOrigins: [], ownOrigins: [], redirects: new Map() }
    const reading = async (text: string) => {
      const { file, indexFile } = await onDisk(text)
      return indexPosts({ db, posts: { file, indexFile, siteId, site } })
    }
    await expect(reading(await exported(db, { siteId, format: 'wxr' }))).rejects.toThrow('This is our own export')
    await expect(reading('<html></html>')).rejects.toThrow('web page')
    await expect(reading(wordpressExport([]).slice(0, 600))).rejects.toThrow('cut off')
  })
})
