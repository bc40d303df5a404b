import { demoPage } from '../../src/comments/view/demo-page.tsx'
import { replyErrorPage } from '../../src/comments/view/error-page.tsx'
import { type ThreadPageProps, threadPage } from '../../src/comments/view/thread-page.tsx'
import { translator } from '../../src/locales/index.ts'
import { attribute, byId, control, elementsOf, textOf } from './document.ts'
import { AT, commentsOf } from './every-page.tsx'

const URL_OF_ARTICLE = 'https://warta.example/gerbong?p=7&x=1'
const t = translator('id')
const form = { action: '/sites/default/reply', idempotencyKey: 'key-1' }
const comments = commentsOf({ text: 'Budi Santoso', url: 'https://budi.example' })

const threadOf = (more: Partial<ThreadPageProps> = {}) =>
  threadPage({
    t,
    locale: 'id',
    siteName: 'Warta',
    path: '/sites/default/thread',
    feed: '/feed.atom',
    thread: { url: URL_OF_ARTICLE, title: 'Gerbong', open: true, count: 4, comments, nextCursor: null },
    form,
    ...more,
  })

const links = (page: string) => elementsOf(page).flatMap((element) => (element.tagName === 'a' ? (attribute(element, 'href') ?? []) : []))

describe('the reply form', () => {
  test('sends what WordPress’s form sends, and its article', () => {
    const elements = elementsOf(
      demoPage({ t, locale: 'id', articleUrl: URL_OF_ARTICLE, threadHref: '/t?url=1', count: 0, comments: [], form }),
    )
    const sent = ['comment', 'author', 'email', 'url', 'wp-comment-cookies-consent', 'message_topic', 'title', 'comment_parent']
    for (const name of sent) expect(control(elements, name)).toBeDefined()
    expect(attribute(control(elements, 'comment_post_url'), 'value')).toBe(URL_OF_ARTICLE)
    expect(attribute(control(elements, 'idempotencyKey'), 'value')).toBe('key-1')
    const [target] = elements.filter(({ tagName }) => tagName === 'form')
    expect([attribute(target, 'method'), attribute(target, 'action')]).toEqual(['post', '/sites/default/reply'])
  })

  test('ties the privacy sentence to the address, and asks for what is required', () => {
    const elements = elementsOf(threadOf())
    const email = control(elements, 'email')
    expect(textOf(byId(elements, attribute(email, 'aria-describedby') ?? ''))).toBe('Alamat email Anda tidak akan dipublikasikan.')
    const required = elements.filter((element) => attribute(element, 'required') !== undefined)
    expect(required.map((element) => attribute(element, 'name'))).toEqual(['comment', 'author', 'email'])
    expect(['author', 'email', 'url'].map((name) => attribute(control(elements, name), 'autocomplete'))).toEqual(['name', 'email', 'url'])
  })

  test('keeps people away from the trap', () => {
    const trap = control(elementsOf(threadOf()), 'message_topic')
    expect([attribute(trap, 'tabindex'), attribute(trap, 'autocomplete')]).toEqual(['-1', 'off'])
    const { parentNode } = trap
    expect(parentNode && 'attrs' in parentNode && parentNode.attrs).toContainEqual({ name: 'aria-hidden', value: 'true' })
  })

  test('answers a comment, and lets go of it again', () => {
    const elements = elementsOf(threadOf({ form: { ...form, parent: { id: 'a', name: 'Budi' } } }))
    expect(attribute(control(elements, 'comment_parent'), 'value')).toBe('a')
    expect(textOf(byId(elements, 'reply-title'))).toBe('Balas komentar Budi')
    expect(elements.map((element) => [textOf(element), attribute(element, 'href')])).toContainEqual([
      'Batalkan balasan',
      `/sites/default/thread?${new URLSearchParams({ url: URL_OF_ARTICLE })}#respond`,
    ])
  })
})

describe('a reply that was not taken', () => {
  const page = replyErrorPage({
    t,
    locale: 'id',
    siteName: 'Warta',
    problem: 'invalid',
    form: {
      ...form,
      articleUrl: URL_OF_ARTICLE,
      parent: { id: 'a', name: 'Budi' },
      values: { name: 'Sari', email: 'sari@', website: 'x', body: 'Baris satu\n\n<b>dua</b>', remember: true },
      errors: [
        { field: 'email', message: 'Alamat tidak lengkap.' },
        { field: 'parentId', message: 'Tidak ada.' },
      ],
    },
  })
  const elements = elementsOf(page)

  test('comes first in the order of focus, with a way to each field that the form has', () => {
    const focusable = elements.filter(
      ({ tagName, attrs }) => ['a', 'input', 'textarea', 'button'].includes(tagName) || attrs.some(({ name }) => name === 'tabindex'),
    )
    expect(attribute(focusable[0], 'role')).toBe('alert')
    expect(attribute(focusable[0], 'autofocus')).toBeDefined()
    expect([attribute(focusable[1], 'href'), textOf(focusable[1])]).toEqual(['#email', 'Alamat tidak lengkap.'])
    expect(textOf(focusable[0])).toContain('Tidak ada.')
  })

  test('is said beside the field and tied to it', () => {
    const email = control(elements, 'email')
    expect(attribute(email, 'aria-invalid')).toBe('true')
    expect(attribute(email, 'aria-describedby')).toBe('email-error email-notes')
    expect(textOf(byId(elements, 'email-error'))).toBe('Alamat tidak lengkap.')
    expect(attribute(control(elements, 'author'), 'aria-invalid')).toBeUndefined()
  })

  test('keeps all that was typed', () => {
    expect(['author', 'email', 'url', 'comment_parent'].map((name) => attribute(control(elements, name), 'value'))).toEqual([
      'Sari',
      'sari@',
      'x',
      'a',
    ])
    expect(textOf(control(elements, 'comment'))).toBe('Baris satu\n\n<b>dua</b>')
    expect(attribute(control(elements, 'wp-comment-cookies-consent'), 'checked')).toBeDefined()
  })

  test('tells how long to wait', () => {
    const wait = replyErrorPage({
      t,
      locale: 'id',
      siteName: 'W',
      problem: 'flood',
      retryAfterSeconds: 12,
      form: { ...form, articleUrl: URL_OF_ARTICLE },
    })
    expect(wait).toContain('Mohon tunggu 12 detik')
  })
})

describe('the page of a thread', () => {
  test('nests replies below what they answer, and keeps the place of one that was removed', () => {
    const elements = elementsOf(threadOf())
    const outline = elements.filter(
      (element) => attribute(element, 'id')?.startsWith('comment-') && attribute(element, 'class')?.includes('comment'),
    )
    const depthOf = (element: (typeof elements)[number]): number => {
      const { parentNode } = element
      if (!parentNode || !('tagName' in parentNode)) return 0
      return depthOf(parentNode) + (parentNode.tagName === 'ol' ? 1 : 0)
    }
    expect(outline.map((element) => [attribute(element, 'id'), depthOf(element)])).toEqual([
      ['comment-a', 1],
      ['comment-b', 2],
      ['comment-c', 3],
      ['comment-d', 1],
    ])
    expect(textOf(byId(elements, 'comment-b'))).toBe('Komentar ini telah dihapus.')
  })

  test('a page that begins below a parent still nests what it shows', () => {
    const page = threadOf({
      thread: { url: URL_OF_ARTICLE, title: null, open: true, count: 4, comments: comments.slice(2), nextCursor: null },
    })
    expect(page).toContain('id="comment-c"')
    expect(page.match(/<ol/g)).toHaveLength(1)
  })

  test('offers a reply to each comment, and none when the thread is closed', () => {
    const reply = `/sites/default/thread?${new URLSearchParams({ url: URL_OF_ARTICLE, replyto: 'a' })}#respond`
    expect(links(threadOf())).toContain(reply)
    const closed = threadOf({ thread: { url: URL_OF_ARTICLE, title: 'G', open: false, count: 4, comments, nextCursor: null } })
    expect(links(closed)).not.toContain(reply)
    expect(closed).not.toContain('<form')
    expect(closed).toContain('Kolom komentar artikel ini sudah ditutup.')
  })

  test('leads on in the order that is shown', () => {
    const thread = { url: URL_OF_ARTICLE, title: 'G', open: true, count: 400, comments, nextCursor: 'next=1' }
    const query = new URLSearchParams({ url: URL_OF_ARTICLE, order: 'newest', cursor: 'next=1' })
    const page = threadOf({ thread, order: 'newest', cursor: 'here' })
    expect(links(page)).toContain(`/sites/default/thread?${query}`)
    expect(page).toContain('Komentar lebih lama')
    expect(page).toContain('Halaman pertama')
  })

  test('shows a waiting comment with its note, and asks not to be found', () => {
    const own = { status: 'pending', name: 'Sari', html: '<p>Halo</p>', createdAt: AT, parentId: 'a' } as const
    const page = threadOf({ preview: own })
    const [note] = elementsOf(page).filter((element) => attribute(element, 'role') === 'status')
    expect(textOf(note)).toContain('hanya Anda yang dapat melihatnya')
    expect(page).toContain('<p>Halo</p>')
    expect(page).toContain('Membalas Budi Santoso')
    expect(page).toContain('<meta name="robots" content="noindex"/>')
    expect(threadOf()).not.toContain('noindex')
  })

  test('marks a website as the commenter’s own, and a moderator as such', () => {
    const website = elementsOf(threadOf()).find((element) => attribute(element, 'href') === 'https://budi.example')
    expect(attribute(website, 'rel')).toBe('nofollow ugc noopener')
    expect(threadOf()).toContain('Moderator')
  })

  test('shows the picture that the answer names', () => {
    const [first] = commentsOf({ text: 'Budi', url: '' })
    if (!first || 'removed' in first) throw new Error('expected a comment')
    const pictured = { ...first, author: { ...first.author, avatar: '/avatars/1.svg' } }
    const page = threadOf({
      thread: { url: URL_OF_ARTICLE, title: 'G', open: true, count: 1, comments: [pictured], nextCursor: null },
    })
    expect(
      attribute(
        elementsOf(page).find(({ tagName }) => tagName === 'img'),
        'src',
      ),
    ).toBe('/avatars/1.svg')
  })
})
