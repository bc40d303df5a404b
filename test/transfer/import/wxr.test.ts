import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { wxr } from '../../../src/transfer/import/readers/wxr.ts'
import { read } from './read.ts'

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

const comment = (fields: Record<string, string | number> = {}, more = '') => {
  const all = {
    id: 1,
    author: cdata('Sari'),
    author_email: cdata('sari@example.org'),
    author_url: 'https://sari.example/',
    author_IP: cdata('203.0.113.9'),
    date: cdata('2022-04-09 16:28:47'),
    date_gmt: cdata('2022-04-09 09:28:47'),
    content: cdata('Bagus'),
    approved: cdata('1'),
    type: cdata('comment'),
    parent: 0,
    user_id: 0,
    ...fields,
  }
  const elements = Object.entries(all).map(([name, value]) => `<wp:comment_${name}>${value}</wp:comment_${name}>`)
  return `<wp:comment>${elements.join('\n')}${more}</wp:comment>\n`
}

const item = (comments: string, fields: Record<string, string> = {}) => {
  const all = {
    title: cdata('Halo dunia'),
    link: 'https://blog.example/halo/',
    pubDate: 'Sat, 09 Apr 2022 09:28:47 +0000',
    'dc:creator': cdata('sari'),
    'content:encoded': cdata('<p>…</p>'),
    'wp:post_id': '7',
    'wp:post_date': cdata('2022-04-09 16:28:47'),
    'wp:post_date_gmt': cdata('2022-04-09 09:28:47'),
    'wp:comment_status': cdata('open'),
    'wp:status': cdata('publish'),
    'wp:post_type': cdata('post'),
    'wp:post_password': cdata(''),
    ...fields,
  }
  const elements = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<item>\n${elements.join('\n')}\n${comments}</item>\n`
}

const file = (
  items: string,
  { version = '1.2', declaration = '<?xml version="1.0" encoding="UTF-8" ?>\n' } = {},
) => `${declaration}<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/${version}/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/${version}/">
<channel>
<title>Blog</title><link>https://blog.example</link>
<wp:wxr_version>${version}</wp:wxr_version>
<wp:base_blog_url>https://blog.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>sari</wp:author_login></wp:author>
${items}</channel>
</rss>
`

const one = async (fields: Record<string, string | number>, more = '') => {
  const { comments, error, skipped } = await read(wxr, file(item(comment(fields, more))))
  expect([error, skipped]).toEqual([null, []])
  return comments[0]
}

describe('A WordPress export', () => {
  test('gives a thread for the post and every field of its comment', async () => {
    const { all, error } = await read(wxr, file(item(comment({ id: 12, parent: 3 }))))
    expect(error).toBeNull()
    expect(all).toEqual([
      {
        type: 'thread',
        at: { line: 12, column: 1 },
        externalId: '7',
        url: 'https://blog.example/halo/',
        title: 'Halo dunia',
        open: true,
        createdAt: new Date('2022-04-09T09:28:47Z'),
      },
      {
        type: 'comment',
        at: { line: 25, column: 1 },
        externalId: '12',
        origin: 'https://blog.example',
        threadExternalId: '7',
        parentExternalId: '3',
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example/', ip: '203.0.113.9', isModerator: false },
        body: 'Bagus',
        markup: 'typed',
        createdAt: new Date('2022-04-09T09:28:47Z'),
        editedAt: null,
      },
      { type: 'notice', reason: 'wordpress-no-spam' },
    ])
  })

  test.each(['1.0', '1.1', '1.2'])('is read in version %s', async (version) => {
    expect((await read(wxr, file(item(comment()), { version }))).comments).toHaveLength(1)
  })

  test('is read whatever prefix it binds, and without any binding', async () => {
    const renamed = file(item(comment())).replaceAll('<wp:', '<x:').replaceAll('</wp:', '</x:').replace('xmlns:wp=', 'xmlns:x=')
    expect((await read(wxr, renamed)).comments).toHaveLength(1)
    const unbound = file(item(comment())).replace(/xmlns:wp="[^"]*"/, '')
    expect((await read(wxr, unbound)).comments).toHaveLength(1)
  })

  test.each([
    ['1', 'approved'],
    ['approve', 'approved'],
    ['0', 'pending'],
    ['', 'pending'],
    ['hold', 'pending'],
    ['spam', 'spam'],
    ['trash', 'rejected'],
    ['post-trashed', 'rejected'],
    ['what-is-this', 'pending'],
  ])('takes the state "%s" for %s', async (approved, status) => {
    expect((await one({ approved }))?.status).toBe(status)
  })

  test('joins text that is split into CDATA sections', async () => {
    expect((await one({ content: cdata('a ]]> b ]]> c') }))?.body).toBe('a ]]> b ]]> c')
    expect((await one({ content: 'x <![CDATA[<b>]]>y<![CDATA[</b>]]> &amp; z' }))?.body).toBe('x <b>y</b> & z')
  })

  test('keeps emoji, line breaks and Indonesian quotes, and what CDATA says of entities', async () => {
    expect((await one({ content: cdata('👍🏽 “Baik”\n\nbaris &amp; <br />') }))?.body).toBe('👍🏽 “Baik”\n\nbaris &amp; <br />')
  })

  test('decodes names and titles, which WordPress keeps as HTML', async () => {
    const { threads, comments } = await read(
      wxr,
      file(
        item(comment({ author: cdata('Tom &amp; Jerry &#8217;99') }), {
          title: 'Soal &amp;#8220;A&amp;#8221; &amp;amp; <![CDATA[<em>B</em>]]>',
        }),
      ),
    )
    expect(comments[0]?.author.name).toBe('Tom & Jerry ’99')
    expect(threads[0]?.title).toBe('Soal “A” & B')
  })

  test('passes over entities that are not declared, a bare &, and character references to nothing', async () => {
    expect((await one({ author: 'Budi &nbsp; Ani & Co &#8;' }))?.author.name).toBe('Budi Ani & Co')
  })

  test('replaces control characters, which are not allowed in XML', async () => {
    expect((await one({ content: cdata('a\u0008b\u0000c') }))?.body).toBe('a\ufffdb\ufffdc')
  })

  test.each(['0000-00-00 00:00:00', '', '2022-02-30 10:00:00', 'kemarin', '1970-01-01 00:00:00'])(
    'takes the local time, by the clock of the post, when the date in UTC is "%s"',
    async (date) => {
      expect((await one({ date_gmt: date }))?.createdAt).toEqual(new Date('2022-04-09T09:28:47Z'))
      expect((await one({ date_gmt: date, date }))?.createdAt).toBeNull()
    },
  )

  test.each(['pingback', 'trackback', 'order_note'])('skips a %s and says so', async (type) => {
    const { comments, skipped } = await read(wxr, file(item(comment({ id: 5, type }) + comment({ id: 6, type: '' }))))
    expect(comments.map(({ externalId }) => externalId)).toEqual(['6'])
    expect(skipped[0]?.externalId).toBe('5')
    expect(skipped[0]?.reason).toBe(type === 'order_note' ? 'plugin-note:order_note' : type)
  })

  test('keeps a reply that comes before its parent, and an id that comes twice', async () => {
    const { comments } = await read(wxr, file(item(comment({ id: 9, parent: 4 }) + comment({ id: 4 }) + comment({ id: 4 }))))
    expect(comments.map(({ externalId, parentExternalId }) => [externalId, parentExternalId])).toEqual([
      ['9', '4'],
      ['4', null],
      ['4', null],
    ])
  })

  test('skips a comment without id, and goes on', async () => {
    const { comments, skipped } = await read(wxr, file(item(comment({ id: '' }) + comment())))
    expect(comments).toHaveLength(1)
    expect(skipped).toMatchObject([{ at: { line: 25, column: 1 }, externalId: null, reason: 'no-id', comment: { body: 'Bagus' } }])
  })

  test('gives what is empty as empty', async () => {
    const found = await one({ author: cdata(''), author_email: '', author_url: 'http://', author_IP: '', content: cdata('') })
    expect(found?.author).toEqual({ name: '', email: null, website: null, ip: null, isModerator: false })
    expect(found?.body).toBe('')
  })

  test("knows the posts' authors as the site's own people, not other registered users", async () => {
    expect((await one({ user_id: 1 }))?.author.isModerator).toBe(true)
    expect((await one({ user_id: 2 }))?.author.isModerator).toBe(false)
  })
})

describe("A WordPress export's items", () => {
  test('are threads when they are posts or pages, or have comments', async () => {
    const items = [
      item('', { 'wp:post_id': '1', 'wp:post_type': 'page', 'wp:comment_status': 'closed' }),
      item('', { 'wp:post_id': '2', 'wp:post_type': 'attachment' }),
      item(comment(), { 'wp:post_id': '3', 'wp:post_type': 'attachment' }),
      item('', { 'wp:post_id': '4', 'wp:post_type': 'revision' }),
      item('', { 'wp:post_id': '5', 'wp:status': 'draft' }),
      item(comment({ id: 2, type: 'pingback' }), { 'wp:post_id': '6', 'wp:post_type': 'nav_menu_item' }),
    ]
    const { threads } = await read(wxr, file(items.join('')))
    expect(threads.map(({ externalId, open }) => [externalId, open])).toEqual([
      ['1', false],
      ['3', true],
    ])
  })

  test.each([
    [{ link: '/halo' }, 'https://blog.example/halo'],
    [{ link: '', guid: 'https://blog.example/?p=7' }, 'https://blog.example/?p=7'],
    [{ link: 'https://lain.example/a' }, 'https://lain.example/a'],
  ])('have the address %j', async (fields, url) => {
    const { threads, comments } = await read(wxr, file(item(comment(), fields)))
    expect([threads[0]?.url, comments.length]).toEqual([url, 1])
  })

  test("take relative addresses from the base that was given before the file's own", async () => {
    const { threads } = await read(wxr, file(item(comment(), { link: '/halo' })), { base: 'https://baru.example' })
    expect(threads[0]?.url).toBe('https://baru.example/halo')
  })

  test('without any address have their comments skipped, one by one', async () => {
    const { skipped, threads } = await read(wxr, file(item(comment() + comment({ id: 2 }), { link: '' })))
    expect(threads).toEqual([])
    expect(skipped.map(({ reason }) => reason)).toEqual(['no-address', 'no-address'])
  })

  test('may say what they are behind their comments', async () => {
    const tail = '<wp:post_id>8</wp:post_id><link>https://blog.example/8</link>'
    const { comments, threads } = await read(wxr, file(`<item>${comment()}${tail}</item>`))
    expect([comments[0]?.threadExternalId, threads[0]?.url]).toEqual(['8', 'https://blog.example/8'])
  })

  test('have a comment of 10 MB skipped by name', async () => {
    const long = 'panjang '.repeat(1_300_000)
    const { comments, skipped, error } = await read(wxr, file(item(comment({ id: 1, content: cdata(long) }) + comment({ id: 2 }))))
    expect([error, comments.map(({ externalId }) => externalId)]).toEqual([null, ['2']])
    expect(skipped).toEqual([expect.objectContaining({ externalId: '1', reason: 'too-long' })])
  })
})

describe('Ids of ours in a WordPress export', () => {
  const meta = (id: string) =>
    `<wp:commentmeta><wp:meta_key>balas_id</wp:meta_key><wp:meta_value>${cdata(id)}</wp:meta_value></wp:commentmeta>`

  test('are the external ids, parents told by them too, in whatever order', async () => {
    const comments = [
      comment({ id: 2, parent: 1 }, meta('b')),
      comment({ id: 1 }, meta('a')),
      comment({ id: 3, parent: 2 }),
      comment({ id: 4, parent: 99 }),
    ]
    const found = await read(wxr, file(item(comments.join(''))))
    expect(found.comments.map(({ externalId, parentExternalId }) => [externalId, parentExternalId])).toEqual([
      ['a', null],
      ['3', 'b'],
      ['b', 'a'],
      ['4', '99'],
    ])
  })

  test('stand in files of ours with plain names, HTML bodies, and titles only where there are any', async () => {
    const ours = (items: string) => file(items).replace('<wp:author>', '<generator>Balas</generator><wp:author>')
    const author = cdata('Tom &amp; <b>Jerry</b>')
    const { comments, threads } = await read(wxr, ours(item(comment({ author }), { title: cdata('a < b &amp; c') })))
    expect(comments[0]).toMatchObject({ author: { name: 'Tom &amp; <b>Jerry</b>' }, markup: 'html' })
    expect(threads[0]?.title).toBe('a < b &amp; c')
    const untitled = '<wp:postmeta><wp:meta_key>balas_untitled</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>'
    expect((await read(wxr, ours(item(untitled + comment())))).threads[0]?.title).toBeNull()
  })

  test('name the thread', async () => {
    const thread = `<wp:postmeta><wp:meta_key>balas_id</wp:meta_key><wp:meta_value>t1</wp:meta_value></wp:postmeta>`
    const { threads, comments } = await read(wxr, file(item(thread + comment())))
    expect([threads[0]?.externalId, comments[0]?.threadExternalId]).toEqual(['t1', 't1'])
  })
})

describe('A file that is no good WordPress export', () => {
  test('is refused for a document type, entities and all', async () => {
    const bomb = `<!DOCTYPE x [${'<!ENTITY a "aaaaaaaaaa">'.repeat(50)}]>`
    const { error } = await read(wxr, file(item(comment()), { declaration: `<?xml version="1.0"?>\n${bomb}\n` }))
    expect(error).toContain('document type')
    expect(error).toContain('line 2')
    expect((await read(wxr, `<!DOCTYPE x [${' '.repeat(400_000)}`)).error).toContain('No document begins within 256 KB')
    expect((await read(wxr, file('<item><!DOCTYPE x></item>'))).error).toContain('doctype')
  })

  test('is refused for depth, and for attributes without end', async () => {
    const deep = file(item(comment(), { 'content:encoded': '<b>'.repeat(200_000) }))
    expect((await read(wxr, deep)).error).toMatch(/nested more than 64 deep.*line 17/)
    const wide = file(`<item ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}></item>`)
    expect((await read(wxr, wide)).error).toContain('more than 100 attributes')
    const full = file(item(comment({ content: '<a/>'.repeat(200_000) })))
    expect((await read(wxr, full)).error).toContain('too many parts')
  })

  test('is refused where it was cut off, after what came before', async () => {
    const whole = file(item(comment() + comment({ id: 2 })))
    const { comments, error } = await read(wxr, whole.slice(0, whole.lastIndexOf('<wp:comment_type')))
    expect(comments).toHaveLength(1)
    expect(error).toMatch(/ends before <\/wp:comment>: it was cut off. \(line 46, column 1\)/)
  })

  test('has a comment skipped whose inner tags do not match, and is refused where comments run into each other', async () => {
    const broken = comment().replace('</wp:comment_type>', '')
    const { comments, skipped, error } = await read(wxr, file(item(broken + comment({ id: 2 }))))
    expect([error, comments.map(({ externalId }) => externalId)]).toEqual([null, ['2']])
    expect(skipped).toEqual([expect.objectContaining({ externalId: '1', reason: 'bad-xml' })])

    const endless = await read(wxr, file(item(comment() + comment({ id: 2 }).replace('</wp:comment>', ''))))
    expect(endless.comments).toHaveLength(1)
    expect(endless.error).toMatch(/not well-formed XML: unexpected close tag. \(line 49, column 7\)/)
    expect((await read(wxr, file(item(comment()).replace('</wp:comment_id>', '</wp:comment_ID>')))).error).toMatch(
      /not well-formed XML: unexpected close tag. \(line 25/,
    )
  })

  test('is refused, with line and column, where it is not UTF-8', async () => {
    const [before, after] = file(item(comment({ content: 'xxHEREyy' }))).split('HERE')
    const bytes = Buffer.concat([Buffer.from(`${before}é→`), Buffer.from([0xe9]), Buffer.from(after ?? '')])
    expect((await read(wxr, bytes)).error).toMatch(/not in UTF-8: the byte e9.*line 32, column 25\)/)
  })

  test('is read in the encoding that it names', async () => {
    const latin = file(item(comment({ author: 'Ren\u00e9' })), { declaration: '<?xml version="1.0" encoding="ISO-8859-1"?>\n' })
    expect((await read(wxr, Buffer.from(latin, 'latin1'))).comments[0]?.author.name).toBe('René')
  })

  test.each([
    ['UTF-16 (little-endian)', Buffer.from(`\ufeff${file('')}`, 'utf16le')],
    ['UTF-16 (little-endian)', Buffer.from(file(''), 'utf16le')],
    ['a ZIP archive', Buffer.from('PK\x03\x04…')],
    ['a web page', '<!DOCTYPE html><html></html>'],
    ['a Disqus export', '<?xml version="1.0"?><disqus xmlns="http://disqus.com"></disqus>'],
    ['empty', ''],
    ['a feed of the newest articles', '<feed></feed>'],
    ['no XML', 'halo'],
  ])('is told to be %s', async (what, bytes) => {
    expect((await read(wxr, bytes)).error).toContain(what)
  })

  test("is read behind PHP's warnings, blank lines and a byte order mark", async () => {
    const warned = `\ufeff\n<br />\n<b>Warning</b>: foo() in bar.php\n${file(item(comment()))}\n<br />trailing`
    const { comments, error } = await read(wxr, warned)
    expect([error, comments[0]?.at.line]).toEqual([null, 28])
  })

  test('is read from gzip; a gzip file that was cut off or grows beyond measure is refused', async () => {
    const packed = gzipSync(file(item(comment())))
    expect((await read(wxr, packed)).comments).toHaveLength(1)
    expect((await read(wxr, packed.subarray(0, -20))).error).toContain('cut off')
    const bomb = gzipSync(file(item(comment({ content: ' '.repeat(40_000_000) }))))
    expect((await read(wxr, bomb)).error).toContain('made to do harm')
  })
})
