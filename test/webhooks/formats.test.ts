import { describe, expect, test } from '@jest/globals'
import { locales } from '../../src/locales/index.ts'
import type { HookNews } from '../../src/webhooks/formats/format.ts'
import { hookFormatOf } from '../../src/webhooks/formats/formats.ts'
import { hookEventOf } from '../../src/webhooks/events.ts'

const news = (change: Partial<NonNullable<HookNews['comment']>> = {}): HookNews => ({
  event: 'comment.held',
  at: new Date('2026-11-23T05:00:00Z'),
  site: { key: 'default', name: 'Berita', locale: 'en' },
  adminUrl: 'https://balas.example/admin/comments/1',
  commentId: '1',
  comment: {
    id: '1',
    parentId: null,
    status: 'pending',
    author: { name: 'Budi', website: null },
    body: 'Halo\ndunia',
    html: '<p>Halo<br>dunia</p>',
    createdAt: new Date('2026-11-23T04:59:00Z'),
    editedAt: null,
    thread: { url: 'https://berita.example/kereta', title: 'Kereta malam' },
    ...change,
  },
})
const write = (format: 'generic' | 'slack' | 'telegram', about: HookNews) => hookFormatOf(format)(about, { chat: '@redaksi' })

describe('what a call says', () => {
  test('to a program is the event with the comment', () => {
    expect(write('generic', news())).toEqual({
      type: 'comment.held',
      timestamp: '2026-11-23T05:00:00.000Z',
      data: {
        site: { key: 'default', name: 'Berita' },
        commentId: '1',
        adminUrl: 'https://balas.example/admin/comments/1',
        comment: { ...news().comment, createdAt: '2026-11-23T04:59:00.000Z', editedAt: null },
      },
    })
  })

  test('to Slack is a message that nothing in the comment can turn into a link, a mention or markup', () => {
    const hostile = '<!channel> <https://evil.example|click> @all *bold* [x](https://evil.example) & more'
    const { text } = write('slack', news({ body: hostile, author: { name: '<@U1>', website: null } })) as { text: string }
    expect(text).toContain('*Berita: A comment waits for a decision*')
    expect(text).toContain('<https://balas.example/admin/comments/1|Open in Balas>')
    const said = text.split('\n').filter((line) => line.startsWith('> '))
    expect(said.join()).not.toMatch(/[<>](?!\u200b)(?<!^>)|@(?!\u200b)|\*(?!\u200b)|\[(?!\u200b)/)
    expect(text.split('\n')[1]).toMatch(/^&lt;@\u200bU1&gt; – Kereta malam$/)
  })

  test('to Telegram is plain text for the chat', () => {
    expect(write('telegram', news())).toEqual({
      chat_id: '@redaksi',
      text: 'Berita: A comment waits for a decision\n\nBudi – Kereta malam\n\nHalo\ndunia\n\nhttps://balas.example/admin/comments/1',
      link_preview_options: { is_disabled: true },
    })
  })

  test('of a comment that is gone names it by its id alone', () => {
    const gone = { ...news(), comment: null }
    expect(write('generic', gone)).toMatchObject({ data: { commentId: '1', comment: null } })
    expect(JSON.stringify(write('slack', gone))).not.toContain('Budi')
  })

  test('of a long comment is its beginning, with whole letters', () => {
    const { text } = write('telegram', news({ body: '👩‍👩‍👧'.repeat(2000) })) as { text: string }
    expect(text.length).toBeLessThan(4096)
    expect(text.isWellFormed()).toBe(true)
  })

  test.each(locales)('is written in %s', (locale) => {
    const { text } = write('telegram', { ...news(), site: { key: 'default', name: 'Berita', locale } }) as { text: string }
    expect(text).not.toContain('webhook.')
  })
})

test.each([
  [null, 'pending', 'comment.held'],
  [null, 'approved', 'comment.approved'],
  ['pending', 'approved', 'comment.approved'],
  ['approved', 'spam', 'comment.spam'],
  ['approved', null, 'comment.removed'],
  ['approved', 'removed', 'comment.removed'],
  ['pending', 'pending', null],
])('from %s to %s is %s', (from, to, event) => {
  expect(hookEventOf({ from, to })).toBe(event)
})
