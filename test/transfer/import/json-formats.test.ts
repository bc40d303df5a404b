import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { artalk } from '../../../src/transfer/import/readers/artalk.ts'
import { commento } from '../../../src/transfer/import/readers/commento.ts'
import { remark42 } from '../../../src/transfer/import/readers/remark42.ts'
import { waline } from '../../../src/transfer/import/readers/waline.ts'
import { NEEDS_BASE, read } from './read.ts'

const base = 'https://berita.example'

describe('A Remark42 backup', () => {
  const header = {
    version: 1,
    users: [
      {
        id: 'u1',
        blocked: { status: false, until: '0001-01-01T00:00:00Z' },
        verified: true,
        details: { user_id: 'u1', email: 'sari@example.org' },
      },
    ],
    posts: [{ url: `${base}/2`, read_only: true }],
  }
  const comment = (fields: object = {}) => ({
    id: 'a',
    pid: '',
    text: '<p>Halo</p>\n',
    orig: 'Halo',
    user: { name: 'Sari', id: 'u1', picture: '', ip: '293ec5b0cf154855258824ec7fac5dc63d176915', admin: false, site_id: 'berita' },
    locator: { site: 'berita', url: `${base}/1` },
    score: 0,
    votes: {},
    time: '2017-12-20T15:18:22.123-06:00',
    title: 'Satu',
    ...fields,
  })
  const file = (...lines: unknown[]) =>
    `${[header, ...lines].map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`

  test('gives threads and comments with every field, packed or not', async () => {
    const text = file(comment({ edit: { time: '2017-12-20T22:00:00Z', summary: '' } }))
    const { all, error } = await read(remark42, gzipSync(text))
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { line: 2 }, externalId: `${base}/1`, url: `${base}/1`, title: 'Satu', open: undefined },
      {
        type: 'comment',
        at: { line: 2 },
        externalId: 'a',
        threadExternalId: `${base}/1`,
        parentExternalId: null,
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: null, ip: null, isModerator: false },
        body: '<p>Halo</p>',
        markup: 'html',
        createdAt: new Date('2017-12-20T21:18:22.123Z'),
        editedAt: new Date('2017-12-20T22:00:00Z'),
      },
    ])
    expect((await read(remark42, text)).all).toEqual(all)
  })

  test('knows closed pages, moderators, deleted comments, and parents that come later', async () => {
    const { threads, comments } = await read(
      remark42,
      file(
        comment({ locator: { site: 'berita', url: `${base}/2` }, pid: 'b', user: { name: 'Admin', id: 'u9', admin: true } }),
        comment({ id: 'b', locator: { site: 'berita', url: `${base}/2` }, delete: true, text: '', time: '0001-01-01T00:00:00Z' }),
      ),
    )
    expect(threads.map(({ open }) => open)).toEqual([false])
    expect(comments).toMatchObject([
      { externalId: 'a', parentExternalId: 'b', author: { email: null, isModerator: true } },
      { externalId: 'b', status: 'removed', body: '', createdAt: null },
    ])
  })

  test('has bad lines skipped and named by line', async () => {
    const deep = `{"id":"d","x":${'[['.repeat(40_000)}`
    const { skipped, comments } = await read(
      remark42,
      file('{"id": ', {}, deep, comment({ text: 'x'.repeat(1_100_000) }), comment({ locator: {} }), comment()),
    )
    expect(skipped.map(({ at, reason }) => [at.line, reason])).toEqual([
      [2, expect.stringContaining('bad-json:')],
      [3, 'no-id'],
      [4, 'too-deep'],
      [5, 'too-long'],
      [6, 'no-address'],
    ])
    expect(comments).toHaveLength(1)
  })

  test('is refused in a version that is not known, where it is not UTF-8, and when it is something else', async () => {
    expect((await read(remark42, '{"version":2,"users":[],"posts":[]}\n')).error).toContain('version 2')
    expect((await read(remark42, Buffer.concat([Buffer.from(file()), Buffer.from([0x22, 0xff])]))).error).toContain('(line 2, column 2)')
    expect((await read(remark42, '[{"page_key":"/"}]')).error).toContain("Artalk's Artrans")
  })
})

describe("Commento's export", () => {
  const comment = (fields: object = {}) => ({
    commentHex: 'c1',
    domain: 'berita.example',
    url: '/1',
    commenterHex: 'p1',
    markdown: 'Halo *semua*',
    html: '',
    parentHex: 'root',
    score: 1,
    state: 'approved',
    creationDate: '2021-03-12T11:21:56.5Z',
    direction: 0,
    deleted: false,
    ...fields,
  })
  const commenter = {
    commenterHex: 'p1',
    email: 'sari@example.org',
    name: 'Sari',
    link: 'undefined',
    photo: '',
    provider: 'commento',
    isModerator: true,
  }
  const file = (...comments: object[]) => JSON.stringify({ version: 1, comments, commenters: [commenter] }, null, 1)

  test('gives threads by domain and path, and comments with the writers that come after them', async () => {
    const { all, error } = await read(commento, gzipSync(file(comment(), comment({ commentHex: 'c2', parentHex: 'c1' }))))
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { line: 4, column: 3 }, externalId: 'berita.example/1', url: `${base}/1`, title: null, open: undefined },
      {
        type: 'comment',
        at: { line: 4, column: 3 },
        externalId: 'c1',
        threadExternalId: 'berita.example/1',
        parentExternalId: null,
        createdAt: new Date('2021-03-12T11:21:56.5Z'),
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: null, ip: null, isModerator: true },
        body: 'Halo *semua*',
        markup: 'markdown',
        editedAt: null,
      },
      expect.objectContaining({ externalId: 'c2', parentExternalId: 'c1' }),
    ])
  })

  test('gives states, deleted comments, anonymous writers, and paths as Comentario wrote them', async () => {
    const { comments, threads } = await read(
      commento,
      file(
        comment({ commentHex: '1', state: 'unapproved' }),
        comment({ commentHex: '2', state: 'flagged' }),
        comment({ commentHex: '3', deleted: true }),
        comment({ commentHex: '4', markdown: '[deleted]' }),
        comment({ commentHex: '7', markdown: '', html: '' }),
        comment({ commentHex: '5', commenterHex: 'anonymous' }),
        comment({ commentHex: '6', url: '', domain: '', host: 'berita.example', path: '2' }),
      ),
    )
    expect(comments.map(({ status }) => status)).toEqual(['pending', 'spam', 'removed', 'removed', 'removed', 'approved', 'approved'])
    expect(comments[5]?.author).toEqual({ name: '', email: null, website: null, ip: null })
    expect(threads.map(({ url }) => url)).toEqual([`${base}/1`, `${base}/2`])
  })

  test('takes the base that was given before the domain, and needs one of them', async () => {
    expect((await read(commento, file(comment()), { base: 'https://baru.example' })).threads[0]?.url).toBe('https://baru.example/1')
    expect((await read(commento, file(comment({ domain: '' })))).skipped[0]?.reason).toContain('base')
  })

  test('of version 3 gives the pages, and what their comments say', async () => {
    const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`
    const about = (fields: object) => ({
      id: id(1),
      pageId: id(7),
      markdown: 'Halo',
      html: '<p>Halo</p>',
      createdTime: '2024-01-02T03:04:05.000Z',
      isApproved: true,
      isPending: false,
      isDeleted: false,
      userCreated: id(9),
      ...fields,
    })
    const { threads, comments, skipped } = await read(
      commento,
      JSON.stringify({
        version: 3,
        pages: [{ id: id(7), path: '/1', title: 'Satu', isReadonly: true }],
        comments: [
          about({ parentId: '00000000-0000-0000-0000-000000000000' }),
          about({ id: id(2), parentId: id(1), isApproved: false, userCreated: '00000000-0000-0000-0000-000000000000', authorName: 'Tamu' }),
          about({ id: id(3), isPending: true, isApproved: false, editedTime: '2024-01-03T00:00:00Z' }),
          about({ id: id(4), isDeleted: true }),
          about({ id: id(5), pageId: id(8) }),
        ],
        commenters: [{ id: id(9), name: 'Sari', email: 'sari@example.org', websiteUrl: 'https://sari.example', isModerator: false }],
      }),
      { base },
    )
    expect(threads).toMatchObject([{ externalId: id(7), url: `${base}/1`, title: 'Satu', open: false }])
    expect(comments).toMatchObject([
      { status: 'approved', parentExternalId: null, author: { name: 'Sari', website: 'https://sari.example' } },
      { status: 'rejected', parentExternalId: id(1), author: { name: 'Tamu' } },
      { status: 'pending', editedAt: new Date('2024-01-03') },
      { status: 'removed' },
    ])
    expect(skipped.map(({ externalId, reason }) => [externalId, reason])).toEqual([[id(5), 'article-missing']])
  })

  test('is refused in another version, cut off, malformed, too deep, and where an array has no end', async () => {
    expect((await read(commento, '{"version":2,"comments":[]}')).error).toContain('version 2')
    expect((await read(commento, file(comment()).slice(0, -40))).error).toMatch(/cut off. \(line \d+, column \d+\)/)
    expect((await read(commento, file(comment()).replace('"score": 1', '"score" 1'))).error).toMatch(
      /unexpected number. \(line 12, column 12\)/,
    )
    expect((await read(commento, `{"comments":[${'['.repeat(1_000_000)}`)).error).toContain('nested more than 64 deep')
    const full = `{"comments":[{"a":[${'[],'.repeat(200_000)}0]}],"commenters":[]}`
    expect((await read(commento, full)).error).toContain('too many parts')
  })

  test('may have any number of comments', async () => {
    const many = Array.from({ length: 6000 }, (_, at) => comment({ commentHex: `c${at}` }))
    const { comments, error } = await read(commento, file(...many))
    expect([error, comments.length]).toEqual([null, 6000])
  })

  test('has a comment that is too long skipped by name', async () => {
    const { skipped, comments } = await read(commento, file(comment({ markdown: 'x'.repeat(10_000_000) }), comment({ commentHex: 'c2' })))
    expect(skipped).toMatchObject([{ at: { line: 4, column: 3 }, externalId: 'c1', reason: 'too-long' }])
    expect(skipped[0]?.raw).toHaveLength(4000)
    expect(comments.map(({ externalId }) => externalId)).toEqual(['c2'])
  })
})

describe("Artalk's Artrans", () => {
  const comment = (fields: object = {}) => ({
    id: '12',
    rid: '0',
    content: 'Halo **Artalk**',
    ua: 'x',
    ip: '203.0.113.9',
    created_at: '2021-10-28 20:50:15 +0800',
    updated_at: '2021-10-28 20:50:15 +0800',
    is_collapsed: 'false',
    is_pending: 'false',
    vote_up: '6',
    nick: 'Sari',
    email: 'sari@example.org',
    link: 'https://sari.example',
    password: '',
    page_key: `${base}/1.html`,
    page_title: 'Satu',
    page_admin_only: 'false',
    site_name: 'Berita',
    site_urls: `${base}/,https://lain.example`,
    ...fields,
  })

  test('gives a thread for each page and every field of its comments', async () => {
    const { all, error } = await read(artalk, JSON.stringify([comment({ rid: '233' })]))
    expect(error).toBeNull()
    expect(all).toEqual([
      {
        type: 'thread',
        at: { line: 1, column: 2 },
        externalId: `Berita ${base}/1.html`,
        url: `${base}/1.html`,
        title: 'Satu',
        open: undefined,
      },
      {
        type: 'comment',
        at: { line: 1, column: 2 },
        externalId: '12',
        threadExternalId: `Berita ${base}/1.html`,
        parentExternalId: '233',
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.9' },
        body: 'Halo **Artalk**',
        markup: 'markdown',
        createdAt: new Date('2021-10-28T12:50:15Z'),
        editedAt: null,
      },
    ])
  })

  test('is read with numbers and booleans, waiting comments, closed pages, and paths on the first address of the site', async () => {
    const loose = comment({ id: 3, rid: 0, is_pending: true, page_admin_only: true, page_key: '/2', created_at: '' })
    const { threads, comments } = await read(artalk, JSON.stringify([loose]))
    expect(threads).toMatchObject([{ url: `${base}/2`, open: false }])
    expect(comments).toMatchObject([{ externalId: '3', parentExternalId: null, status: 'pending', createdAt: null }])
  })

  test('skips what is no comment, and is refused when it is no array', async () => {
    const { skipped } = await read(artalk, JSON.stringify([5, {}, comment({ page_key: '' }), comment({ page_key: '/a', site_urls: '' })]))
    expect(skipped.map(({ reason }) => reason)).toEqual(['no-id', 'no-id', 'no-address', NEEDS_BASE])
    expect((await read(artalk, '{"page_key":"/"}')).error).toContain('holds none')
  })
})

describe("Waline's export", () => {
  const comment = (fields: object = {}) => ({
    objectId: 'a',
    comment: 'Halo',
    insertedAt: '2021-10-26T13:00:38.196Z',
    createdAt: '2021-10-26T13:00:41.284Z',
    ip: '203.0.113.9',
    link: 'https://sari.example',
    mail: 'sari@example.org',
    nick: 'Sari',
    status: 'approved',
    ua: '',
    url: '/1/',
    ...fields,
  })
  const file = (comments: object[], users: object[] = []) => ({
    type: 'waline',
    version: 1,
    time: 1,
    tables: ['Comment', 'Counter', 'Users'],
    data: { Comment: comments, Counter: [{ url: '/1/', time: 3 }], Users: users },
  })

  test('gives threads by path and every field of the comments', async () => {
    const { all, error } = await read(waline, JSON.stringify(file([comment({ pid: 'b', rid: 'c' })])), { base })
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { line: 1, column: 97 }, externalId: '/1/', url: `${base}/1/`, title: null },
      {
        type: 'comment',
        at: { line: 1, column: 97 },
        externalId: 'a',
        threadExternalId: '/1/',
        parentExternalId: 'b',
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.9', isModerator: false },
        body: 'Halo',
        markup: 'markdown',
        createdAt: new Date('2021-10-26T13:00:38.196Z'),
        editedAt: null,
      },
    ])
  })

  test.each([
    ['as the server answers it', (comments: object[]) => JSON.stringify({ errno: 0, errmsg: '', data: file(comments) })],
    ['as an array', (comments: object[]) => JSON.stringify(comments, null, 2)],
    ["as LeanCloud's answer", (comments: object[]) => JSON.stringify({ results: comments })],
    [
      "as LeanCloud's lines",
      (comments: object[]) =>
        `#filetype:JSON-streaming {"type":"Class","class":"Comment"}\n${comments.map((one) => JSON.stringify(one)).join('\n')}`,
    ],
    ['as lines alone', (comments: object[]) => comments.map((one) => JSON.stringify(one)).join('\n')],
  ])('is read %s', async (_, write) => {
    const { comments, error } = await read(waline, write([comment(), comment({ objectId: 'b' })]), { base })
    expect([error, comments.map(({ externalId }) => externalId)]).toEqual([null, ['a', 'b']])
  })

  test('knows states, users, database ids, dates of LeanCloud, and the HTML of Valine', async () => {
    const users = [{ objectId: 5, display_name: 'Admin', email: 'admin@example.org', url: '', type: 'administrator' }]
    const { comments } = await read(
      waline,
      JSON.stringify(
        file(
          [
            comment({ objectId: 1, status: 'waiting', nick: '', mail: '', link: '', user_id: 5 }),
            comment({ objectId: 2, status: 'spam', pid: 1, insertedAt: { __type: 'Date', iso: '2020-01-02T03:04:05.000Z' } }),
            comment({ objectId: 3, comment: '<p>Halo</p>\n', insertedAt: '2021-10-26 13:00:38' }),
          ],
          users,
        ),
      ),
      { base },
    )
    expect(comments).toMatchObject([
      { externalId: '1', status: 'pending', author: { name: 'Admin', email: 'admin@example.org', isModerator: true } },
      { externalId: '2', status: 'spam', parentExternalId: '1', createdAt: new Date('2020-01-02T03:04:05Z') },
      { externalId: '3', markup: 'html', createdAt: new Date('2021-10-26T13:00:38Z') },
    ])
  })

  test('leaves hidden what Valine-Admin took for spam', async () => {
    const marks = [{ isSpam: true }, { isSpam: false }, { isSpam: true, status: 'approved' }]
    const made = marks.map((mark, index) => comment({ objectId: index, status: undefined, ...mark }))
    const { comments } = await read(waline, JSON.stringify(file(made)), { base })
    expect(comments.map(({ status }) => status)).toEqual(['spam', 'approved', 'approved'])
  })

  test.each([
    ['//1/', `${base}/1/`],
    ['///2021//a', `${base}/2021//a`],
    ['//', `${base}/`],
    ['//news.example/a/', 'https://news.example/a/'],
    ['//localhost:4000/a/', 'https://localhost:4000/a/'],
  ])('takes %s for %s: a slash that was doubled makes no host', async (url, whole) => {
    const { all } = await read(waline, JSON.stringify(file([comment({ url })])), { base })
    expect(all[0]).toMatchObject({ type: 'thread', url: whole })
  })

  test('needs the address of the site, and has each comment skipped without it', async () => {
    expect((await read(waline, JSON.stringify(file([comment()])))).skipped[0]?.reason).toBe(NEEDS_BASE)
  })
})
