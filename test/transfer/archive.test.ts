import { describe, expect, test } from '@jest/globals'
import { Parser } from 'htmlparser2'
import { fromBuffer } from 'yauzl'
import { pageStyle } from '../../src/http/page-style.ts'
import { exportSite } from '../../src/transfer/export.ts'
import type { Database } from '../../src/database/connect.ts'
import type { ExportOptions } from '../../src/transfer/reading.ts'
import { startApp } from '../support/app.ts'
import { eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, keys, second, SECRET } from './history.ts'
import { optionsFor, seed } from './seed.ts'

/** The files of an archive by name. */
async function unzip(bytes: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry: { fileName: string }) => {
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed) return reject(failed)
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => {
            files[entry.fileName] = Buffer.concat(parts).toString('utf8')
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
  return files
}

const bytesOf = async (chunks: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

async function archived(db: Database, options: Partial<ExportOptions> & { siteId: string }) {
  const wish = await optionsFor(db, { format: 'archive', status: 'approved', ...options })
  return bytesOf(exportSite({ db, keys, options: wish }))
}

/** The tags of a page with their attributes. */
function tagsOf(html: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = []
  new Parser({ onopentag: (name, attributes) => void tags.push({ name, attributes }) }).end(html)
  return tags
}

const HOSTILE = `</title><script>alert(1)</script><img src=x onerror=alert(1)><div id="list"></div>`

eachDatabase('an archive', (open) => {
  test('has a page and a JSON for each thread that readers see, an index of them, and nothing that readers do not see', async () => {
    const db = await open()
    const { siteId, one, two, approved } = await seed(db)
    const reply = commentRow({
      siteId,
      threadId: one,
      at: second(90),
      parentId: approved.id,
      rootId: approved.id,
      depth: 1,
      body: 'Setuju',
    })
    await addComments(db, [{ ...reply, path: approved.path + reply.path }])
    const bytes = await archived(db, { siteId })
    const files = await unzip(bytes)
    expect(Object.keys(files)).toEqual(['style.css', 'index.html', 'index.json', `threads/${one}.html`, `threads/${one}.json`])
    expect(JSON.parse(files['index.json'] ?? '')).toEqual({
      threads: [
        {
          id: one,
          url: 'https://blog.example/blog/0',
          title: 'Artikel 0',
          createdAt: '2026-03-01T08:00:00.000Z',
          page: `threads/${one}.html`,
        },
      ],
    })
    expect(JSON.parse(files[`threads/${one}.json`] ?? '')).toMatchObject({
      thread: { id: one },
      comments: [
        {
          id: approved.id,
          parentId: null,
          depth: 0,
          author: { name: 'Budi "B" 😀', website: 'https://budi.example/' },
          html: '<p>=1+1\nשלום</p>',
          createdAt: '2026-03-01T08:00:10.000Z',
        },
        { id: reply.id, parentId: approved.id, depth: 1, html: '<p>Setuju</p>' },
      ],
    })
    const page = files[`threads/${one}.html`] ?? ''
    expect(page).toMatch(/<html lang="id" dir="ltr">[^]*Komentar[^]*=1\+1[^]*<ol class="replies"[^]*Setuju[^]*<\/html>$/)
    const everything = Object.values(files).join('')
    expect(/@example\.org|INDEX|203.0.113.7|Judi|Terima kasih|user:1|typo|kasar/.exec(everything.replace(pageStyle, ''))).toBeNull()
    expect(everything.includes(two)).toBe(false)
    expect(await archived(db, { siteId })).toEqual(bytes)
  })

  test('lets nothing run, whatever stands in a title, a name, an address or a comment', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'hostile' })
    const [threadId = ''] = threadIds
    await db.write((tx) => tx.thread.update({ where: { id: threadId }, data: { title: HOSTILE, url: `javascript:alert("${HOSTILE}")` } }))
    await addComments(db, [
      commentRow({ siteId, threadId, at: second(1), name: HOSTILE, website: 'javascript:alert(1)', html: '<p>aman</p>', body: HOSTILE }),
    ])
    const site = { name: HOSTILE, locale: 'id', timeZone: 'Asia/Jakarta', origin: 'javascript:alert(1)', maxDepth: 5 }
    const files = await unzip(await archived(db, { siteId, site }))
    for (const name of ['index.html', `threads/${threadId}.html`]) {
      const tags = tagsOf(files[name] ?? '')
      expect(tags.filter(({ name: tag }) => ['script', 'img', 'iframe', 'form', 'object'].includes(tag))).toEqual([])
      expect(tags.flatMap(({ attributes }) => Object.keys(attributes)).filter((attribute) => attribute.startsWith('on'))).toEqual([])
      expect(tags.map(({ attributes }) => attributes['href'] ?? '').filter((href) => /^\s*javascript:/i.test(href))).toEqual([])
      expect(tags.find(({ attributes }) => attributes['http-equiv'])?.attributes['content']).toMatch(/^default-src 'none'; style-src/)
    }
    expect(files[`threads/${threadId}.html`]).toContain('<p>aman</p>')
  })

  test('of a long thread has all its comments in display order, nested', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'long' })
    const row = { siteId, threadId: threadIds[0] ?? '' }
    const roots = Array.from({ length: 300 }, (_, n) => commentRow({ ...row, at: second(n) }))
    const replies = roots.map((root, n) => {
      const reply = commentRow({ ...row, at: second(1000 + n), parentId: root.id, rootId: root.id, depth: 1 })
      return { ...reply, path: root.path + reply.path }
    })
    await addComments(db, [...roots, ...replies])
    const files = await unzip(await archived(db, { siteId }))
    const order = roots.flatMap((root, n) => [root.id, replies[n]?.id])
    const { comments } = JSON.parse(files[`threads/${row.threadId}.json`] ?? '') as { comments: { id: string }[] }
    expect(comments.map(({ id }) => id)).toEqual(order)
    const page = files[`threads/${row.threadId}.html`] ?? ''
    expect([...page.matchAll(/<article class="comment" id="comment-([^"]+)"/g)].map(([, id]) => id)).toEqual(order)
    expect(page.match(/<ol class="replies"/g)).toHaveLength(300)
  })
})

describe('the endpoint', () => {
  test('gives an archive, and refuses addresses, other statuses and going on with one', async () => {
    const { http, url, deps, keyFor } = await startApp({ env: { SECRET } })
    const { one, approved } = await seed(deps.db)
    const key = await keyFor('owner')
    const answer = await fetch(`${url}/api/v1/sites/blog/export?format=archive`, { headers: key })
    expect(answer.headers.get('Content-Type')).toBe('application/zip')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="comments-blog.zip"')
    expect(Object.keys(await unzip(Buffer.from(await answer.arrayBuffer())))).toContain(`threads/${one}.html`)
    for (const [query, field] of [
      ['emails=true', 'emails'],
      ['status=spam', 'status'],
      [`after=${approved.id}&snapshot=/${approved.id}`, 'after'],
    ] as const) {
      const { body } = await http.get(`/api/v1/sites/blog/export?format=archive&${query}`).set(key).expect(422)
      expect(body.errors).toMatchObject([{ field }])
    }
  })
})
