import { describe, expect, test } from '@jest/globals'
import { disqus } from '../../../src/transfer/import/readers/disqus.ts'
import { NEEDS_BASE, read } from './read.ts'

const elements = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>\n${value}\n</${name}>`)
    .join('\n')

const thread = (id: string, fields: Record<string, string> = {}) =>
  `<thread dsq:id="${id}"><id />${elements({
    forum: 'berita',
    link: `https://berita.example/${id}`,
    title: 'Soal &amp;amp; jawab',
    createdAt: '2021-10-27T01:04:20Z',
    isClosed: 'false',
    isDeleted: 'false',
    ...fields,
  })}<category dsq:id="1" /></thread>\n`

const post = (id: string, fields: Record<string, string> = {}, { of = '7', parent = '', author = '<name>Sari</name>' } = {}) =>
  `<post${id === '' ? '' : ` dsq:id="${id}"`}>${elements({
    message: '<![CDATA[<p>Halo</p>]]>',
    createdAt: '2021-10-27T01:04:29Z',
    isDeleted: 'false',
    isSpam: 'false',
    ...fields,
  })}<author>${author}</author><thread dsq:id="${of}" />${parent === '' ? '' : `<parent dsq:id="${parent}" />`}</post>\n`

const file = (...content: string[]) => `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd">
<category dsq:id="1"><forum>berita</forum><title>General</title><isDefault>true</isDefault></category>
${content.join('')}</disqus>
`

const one = async (...given: Parameters<typeof post>) => {
  const { comments, error, skipped } = await read(disqus, file(thread('7'), post(...given)))
  expect([error, skipped]).toEqual([null, []])
  return comments[0]
}

describe('A Disqus export', () => {
  test('gives threads and comments with every field', async () => {
    const author = '<email>sari@example.org</email><name>Sari &amp; Co</name><isAnonymous>false</isAnonymous><username>sari</username>'
    const { all, error } = await read(disqus, file(thread('7'), post('12', { ipAddress: '203.0.113.9' }, { parent: '11', author })))
    expect(error).toBeNull()
    expect(all).toEqual([
      {
        type: 'thread',
        at: { line: 4, column: 1 },
        externalId: '7',
        url: 'https://berita.example/7',
        title: 'Soal & jawab',
        open: true,
        createdAt: new Date('2021-10-27T01:04:20Z'),
      },
      {
        type: 'comment',
        at: { line: 22, column: 1 },
        externalId: '12',
        origin: 'berita',
        threadExternalId: '7',
        parentExternalId: '11',
        status: 'approved',
        author: { name: 'Sari & Co', email: 'sari@example.org', website: null, ip: '203.0.113.9' },
        body: '<p>Halo</p>',
        markup: 'html',
        createdAt: new Date('2021-10-27T01:04:29Z'),
        editedAt: null,
      },
    ])
  })

  test.each([
    [{ isSpam: 'true' }, 'spam'],
    [{ isApproved: 'false' }, 'pending'],
    [{ isSpam: '123' }, 'approved'],
  ])('takes %j for its status', async (fields, status) => {
    expect((await one('1', fields))?.status).toBe(status)
  })

  test('passes on only the place of a deleted comment', async () => {
    expect(await one('1', { isDeleted: 'true' }, { parent: '3' })).toMatchObject({
      status: 'removed',
      parentExternalId: '3',
      body: '',
      author: { name: '', email: null, ip: null },
    })
  })

  test('names a writer by the user name where there is no other, and takes a post by its own id where Disqus gave none', async () => {
    expect((await one('1', {}, { author: '<email/><username>sari42</username>' }))?.author).toMatchObject({ name: 'sari42', email: null })
    expect((await one('', { id: '99' }))?.externalId).toBe('99')
  })

  test('leads links past the redirects of Disqus', async () => {
    const href = 'http://disq.us/url?url=https%3A%2F%2Flain.example%2Fa%3Fb%3D1%26c%3D2%3AabcdefghijABCDEFGHIJ1234567&amp;cuid=5'
    const message = `<![CDATA[<a href="${href}" rel="nofollow">lain</a>]]>`
    expect((await one('1', { message }))?.body).toBe('<a href="https://lain.example/a?b=1&amp;c=2" rel="nofollow">lain</a>')
  })

  test('gives an article that Disqus knows twice as two threads, closed where it was closed', async () => {
    const link = 'https://berita.example/a'
    const { threads } = await read(disqus, file(thread('1', { link }), thread('2', { link, isClosed: 'true' })))
    expect(threads.map(({ externalId, url, open }) => [externalId, url, open])).toEqual([
      ['1', link, true],
      ['2', link, false],
    ])
  })

  test('takes the identifier for the address where there is no link, and relative links from the base', async () => {
    const identified = thread('1', { link: '' }).replace('<id />', '<id>https://berita.example/lama</id>')
    const { threads } = await read(disqus, file(identified, thread('2', { link: '/b' })), { base: 'https://berita.example' })
    expect(threads.map(({ url }) => url)).toEqual(['https://berita.example/lama', 'https://berita.example/b'])
  })

  test('skips the comments of deleted discussions and of those without an address, naming each', async () => {
    const threads = [thread('1', { isDeleted: 'true' }), thread('2', { link: '' }), thread('3', { link: '/b' })]
    const posts = ['1', '2', '3'].map((id) => post(`p${id}`, {}, { of: id }))
    const { all } = await read(disqus, file(...threads, ...posts))
    expect(all.map((found) => (found.type === 'skipped' ? [found.externalId, found.reason] : found.type))).toEqual([
      ['p1', 'article-deleted'],
      ['p2', 'no-address'],
      ['p3', NEEDS_BASE],
    ])
  })

  test('skips what has no id or no discussion, and takes a date that is none for unknown', async () => {
    const { skipped, comments } = await read(
      disqus,
      file(thread('7'), post(''), post('1', {}, { of: '' }), post('2', { createdAt: '2011-x09-30T22:48:43Z' })),
    )
    expect(skipped.map(({ reason }) => reason)).toEqual(['no-id', 'no-article'])
    expect(comments[0]?.createdAt).toBeNull()
  })

  test('is read behind a stray sign; a comment with an unquoted attribute is skipped', async () => {
    const posts = [post('1').replace('<thread dsq:id="7" />', '<thread dsq:id=7/>'), post('2')]
    const { comments, skipped, error } = await read(disqus, `\`${file(thread('7'), ...posts)}`)
    expect([error, comments.map(({ externalId }) => externalId)]).toEqual([null, ['2']])
    expect(skipped.map(({ reason }) => reason)).toEqual(['bad-xml'])
  })

  test('is refused for a document type, where it is cut off, and when it is something else', async () => {
    const whole = file(thread('7'), post('1'))
    expect((await read(disqus, whole.replace('<disqus', '<!DOCTYPE disqus SYSTEM "file:///etc/passwd"><disqus'))).error).toContain(
      'document type',
    )
    expect((await read(disqus, whole.slice(0, -30))).error).toMatch(/ends before <\/post>.*line \d+/)
    expect((await read(disqus, '<rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>')).error).toContain('a WordPress export')
  })
})
