import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { slugOf } from '../../src/transfer/wordpress.ts'
import { NOT_IN_WXR } from '../../src/transfer/wxr.ts'
import { eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, second } from './history.ts'
import { oddHistory, storeOdd } from './odd-history.ts'
import { readWxr } from './read-wxr.ts'
import { exported, linesOf, seed } from './seed.ts'

/** What XML can say of a text. */
const inXml = (text: string) =>
  text
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/\r\n?/g, '\n')

const LETTERS: Record<string, string> = { approved: '1', pending: '0', spam: 'spam', rejected: 'trash' }

eachDatabase('a WXR', (open, kind) => {
  test('has a post for each thread and its comments, with the fields that WordPress reads', async () => {
    const db = await open()
    const { siteId, one, approved } = await seed(db)
    const text = await exported(db, { siteId, format: 'wxr' })
    const { channel, items } = readWxr(text)
    expect(channel).toMatchObject({ title: 'Situs', 'wp:wxr_version': '1.2', language: 'id', 'wp:base_blog_url': 'https://blog.example' })
    expect(items.map(({ fields }) => fields['wp:post_id'])).toEqual(['1', '2'])
    expect(items[0]).toMatchObject({
      fields: {
        title: 'Artikel 0',
        link: 'https://blog.example/blog/0',
        'wp:post_name': '0',
        'wp:post_type': 'post',
        'wp:status': 'publish',
        'wp:comment_status': 'open',
        'wp:post_date': '2026-03-01 15:00:00',
        'wp:post_date_gmt': '2026-03-01 08:00:00',
      },
      meta: { balas_id: one },
    })
    expect(items[0]?.comments[0]).toEqual({
      fields: {
        'wp:comment_id': '1',
        'wp:comment_author': 'Budi "B" 😀',
        'wp:comment_author_email': '',
        'wp:comment_author_url': 'https://budi.example/',
        'wp:comment_author_IP': '',
        'wp:comment_date': '2026-03-01 15:00:10',
        'wp:comment_date_gmt': '2026-03-01 08:00:10',
        'wp:comment_content': '<p>=1+1\nשלום</p>',
        'wp:comment_approved': '1',
        'wp:comment_type': 'comment',
        'wp:comment_parent': '0',
        'wp:comment_user_id': '0',
        'wp:commentmeta': '',
      },
      meta: { balas_id: approved.id },
    })
    expect(text).not.toMatch(/@example\.org|BROWSERINDEX|NETWORKINDEX|203\.0\.113\.7/)
    const full = readWxr(await exported(db, { siteId, format: 'wxr', emails: true }))
    expect(full.items[0]?.comments.map(({ fields }) => fields['wp:comment_author_email'])).toEqual(['budi@example.org', 'ani@example.org'])
    expect(full.items[0]?.comments.map(({ fields }) => fields['wp:comment_author_IP'])).toEqual(['203.0.113.7', ''])
  })

  test('carries any history but for what its list names, and gives parents lower numbers than their replies', async () => {
    const db = await open()
    let n = 0
    await fc.assert(
      fc.asyncProperty(oddHistory, async (history) => {
        const { siteId, rows } = await storeOdd(db, history, `odd-${n++}`)
        const text = await exported(db, { siteId, format: 'wxr', emails: true })
        const { items } = readWxr(text)
        const records = new Map(linesOf(await exported(db, { siteId, emails: true })).map((line) => [line.id, line]))
        const comments = items.flatMap((item) => item.comments)
        expect(comments.map(({ meta }) => meta['balas_id']).toSorted()).toEqual(
          rows
            .filter(({ status }) => status !== 'removed')
            .map(({ id }) => id)
            .toSorted(),
        )
        const idOf = new Map(comments.map(({ fields, meta }) => [fields['wp:comment_id'], meta['balas_id']]))
        expect(idOf.size).toBe(comments.length)
        for (const { fields, meta } of comments) {
          const record = records.get(meta['balas_id'] ?? '')
          const author = record?.['author'] as { name: string; email: string | null; website: string | null }
          expect(fields).toMatchObject({
            'wp:comment_author': inXml(author.name),
            'wp:comment_author_email': author.email ?? '',
            'wp:comment_author_url': author.website ?? '',
            'wp:comment_content': inXml(String(record?.['html'])),
            'wp:comment_approved': LETTERS[String(record?.['status'])],
            'wp:comment_date_gmt': String(record?.['createdAt']).slice(0, 19).replace('T', ' '),
          })
          let parent = record?.['parentId'] as string | null
          while (parent !== null && records.get(parent)?.['status'] === 'removed')
            parent = records.get(parent)?.['parentId'] as string | null
          expect(idOf.get(fields['wp:comment_parent'])).toBe(parent ?? undefined)
          expect(Number(fields['wp:comment_parent'])).toBeLessThan(Number(fields['wp:comment_id']))
        }
        for (const { fields, meta } of items) {
          const thread = records.get(meta['balas_id'] ?? '')
          expect(fields['title']).toBe(inXml(String(thread?.['title'] ?? thread?.['url'])))
          expect(meta['balas_untitled']).toBe(thread?.['title'] === null ? '1' : undefined)
        }
      }),
      { numRuns: kind === 'sqlite' ? 30 : 10 },
    )
  })

  test('of a part has replies without their parents as comments of their own', async () => {
    const db = await open()
    const { siteId, reply } = await seed(db)
    const { items } = readWxr(await exported(db, { siteId, format: 'wxr', status: 'pending' }))
    expect(items.flatMap(({ comments }) => comments)).toMatchObject([
      { fields: { 'wp:comment_id': '1', 'wp:comment_parent': '0' }, meta: { balas_id: reply.id } },
    ])
  })

  test('of a long thread knows every parent', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'long' })
    const row = { siteId, threadId: threadIds[0] ?? '' }
    const roots = Array.from({ length: 300 }, (_, n) => commentRow({ ...row, at: second(n) }))
    const replies = roots.map((root, n) => commentRow({ ...row, at: second(1000 - n), parentId: root.id, rootId: root.id, depth: 1 }))
    await addComments(db, [...roots, ...replies])
    const { items } = readWxr(await exported(db, { siteId, format: 'wxr' }))
    const comments = items[0]?.comments ?? []
    const idOf = new Map(comments.map(({ fields, meta }) => [fields['wp:comment_id'], meta['balas_id']]))
    const parents = new Map(comments.map(({ fields, meta }) => [meta['balas_id'], idOf.get(fields['wp:comment_parent'])]))
    expect(replies.map(({ id }) => parents.get(id))).toEqual(roots.map(({ id }) => id))
    expect(roots.every(({ id }) => parents.get(id) === undefined)).toBe(true)
  })
})

describe('a slug', () => {
  test.each([
    ['https://x.example/2026/Kereta-Malam/', 'kereta-malam'],
    ['https://x.example/a/b.html?p=1', 'b'],
    ['https://x.example/%E5%88%97%E8%BB%8A', '列車'],
    ['https://x.example/100%25%', '100-25'],
    ['https://x.example/', ''],
  ])('of %s is "%s"', (url, slug) => expect(slugOf(url)).toBe(slug))
})

test('the README names all that a WXR leaves out', async () => {
  const readme = await readFile(new URL('../../src/transfer/README.md', import.meta.url), 'utf8')
  for (const name of NOT_IN_WXR) expect(readme).toContain(name)
})
