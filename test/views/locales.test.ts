import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ThreadPageProps, threadPage } from '../../src/comments/view/thread-page.tsx'
import { formatDateTime, isTimeZone } from '../../src/locales/dates.ts'
import { en } from '../../src/locales/en.ts'
import { direction, isLocale, locales, translator } from '../../src/locales/index.ts'
import { textsOf } from '../../src/locales/texts.ts'
import { renderHeld } from '../../src/notifications/templates.tsx'
import { attribute, byId, elementsOf, textOf } from './document.ts'
import { AT, commentsOf } from './every-page.tsx'
import { textsIn, writtenTexts } from './source-texts.ts'

const pluralKeys = Object.keys(en).flatMap((key) => (key.endsWith('_other') ? [key.slice(0, -'_other'.length)] : []))
const baseOf = (key: string) => pluralKeys.find((base) => key.startsWith(`${base}_`)) ?? key
const englishOf = (key: string) => Object.entries(en).find(([name]) => name === baseOf(key) || name === `${baseOf(key)}_other`)?.[1] ?? ''
const placeholders = (text: string) => (text.match(/{{.*?}}/g) ?? []).toSorted()

/** Words that are the same in other languages. */
const SAME_AS_ENGLISH = new Set([
  'Article',
  'Email',
  'Feed',
  'Format',
  'Invitation',
  'Moderator',
  'Passkeys',
  'Name',
  'Spam',
  'spam',
  'Telegram',
  'Webhooks',
  'Website',
])

describe.each(locales)('the texts in %s', (locale) => {
  const own = Object.entries(textsOf(locale))

  test('are all there, with every plural form of the language and no other', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
    const keys = new Set(Object.keys(en).map(baseOf))
    const all = [...keys].flatMap((key) => (pluralKeys.includes(key) ? forms.map((form) => `${key}_${form}`) : [key]))
    expect(own.map(([key]) => key).toSorted()).toEqual(all.toSorted())
    expect(own.filter(([, text]) => !/\S/.test(text))).toEqual([])
  })

  test('take the values that English takes; a form for one number need not show it', () => {
    for (const [key, text] of own) {
      const expected = placeholders(englishOf(key))
      const withoutCount = expected.filter((placeholder) => placeholder !== '{{count, number}}')
      const mayOmitCount = /_(?:zero|one|two)$/.test(key) && !text.includes('count')
      expect([key, placeholders(text)]).toEqual([key, mayOmitCount ? withoutCount : expected])
      expect(text.replace(/{{.*?}}/g, '')).not.toMatch(/[{}]/)
    }
  })

  test('are in no other language', () => {
    if (locale === 'en') return
    const same = own.filter(([key, text]) => Object.entries(en).some(([name, english]) => baseOf(name) === baseOf(key) && english === text))
    expect(same.filter(([, text]) => !SAME_AS_ENGLISH.has(text))).toEqual([])
  })

  test('have no blank at an end and none twice, and no straight quotation mark', () => {
    expect(own.filter(([, text]) => text !== text.trim() || /\s{2}|["']/.test(text))).toEqual([])
  })
})

const written = (locale: string, counts: number[]) => counts.map((count) => translator(locale)('thread.count', { count }))

test('plural forms and digits follow the language', () => {
  expect(written('en', [0, 1, 2, 1234])).toEqual(['0 comments', '1 comment', '2 comments', '1,234 comments'])
  expect(written('id', [0, 1, 2, 1234])).toEqual(['0 komentar', '1 komentar', '2 komentar', '1.234 komentar'])
  expect(written('pt', [0, 1, 2, 1_000_000])).toEqual(['0 comentário', '1 comentário', '2 comentários', '1.000.000 de comentários'])
  expect(written('ar', [0, 1, 2, 3, 11, 100])).toEqual(['لا تعليقات', 'تعليق واحد', 'تعليقان', '3 تعليقات', '11 تعليقاً', '100 تعليق'])
})

test('a region counts as its language, an unknown language is answered in English', () => {
  expect(translator('id-ID')('form.submit')).toBe('Kirim Komentar')
  expect(translator('zh-Hant')('form.submit')).toBe(textsOf('zh')['form.submit'])
  expect(translator('zh-Hant-TW')('form.submit')).toBe(textsOf('zh')['form.submit'])
  expect(written('pt-PT', [0, 1, 2])).toEqual(written('pt', [0, 1, 2]))
  expect(written('pt-PT', [1_000_000])).toEqual([expect.stringMatching(/^1\s000\s000 de comentários$/)])
  expect(translator('xx')('form.submit')).toBe('Post Comment')
  expect([isLocale('id'), isLocale('xx'), isLocale('__proto__')]).toEqual([true, false, false])
})

test('values are put in as they are, never read as a template', () => {
  const name = '$t(form.submit) {{name}} <b>&amp;'
  expect(translator('en')('form.titleTo', { name })).toBe(`Reply to ${name}`)
})

test('only Arabic is written from right to left', () => {
  expect(locales.filter((locale) => direction(locale) === 'rtl')).toEqual(['ar'])
  expect(['ar-EG', 'arn', 'he', ''].map(direction)).toEqual(['rtl', 'ltr', 'ltr', 'ltr'])
})

describe.each(locales)('the page of a thread in %s', (locale) => {
  const speech = { t: translator(locale), locale }
  const pageOf = (changes: Partial<ThreadPageProps['thread']> = {}) => {
    const comments = commentsOf({ text: 'Budi', url: 'https://budi.example' })
    const thread = { url: 'https://warta.example/gerbong', title: 'Gerbong', open: true, count: 4, comments, nextCursor: null, ...changes }
    const form = { action: '/sites/default/reply', idempotencyKey: 'key-1' }
    return elementsOf(threadPage({ ...speech, siteName: 'Warta', path: '/sites/default/thread', thread, feed: '/feed.atom', form }))
  }

  test('names its language and direction', () => {
    const [html] = pageOf()
    expect([attribute(html, 'lang'), attribute(html, 'dir')]).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr'])
  })

  test.each([0, 1, 2, 3, 11, 100, 1_000_000])('counts %s', (count) => {
    const text = new Map(Object.entries(textsOf(locale))).get(`thread.count_${new Intl.PluralRules(locale).select(count)}`)
    const number = new Intl.NumberFormat(locale).format(count)
    expect(textOf(byId(pageOf({ count }), 'comments-title'))).toBe(text?.replace('{{count, number}}', number))
  })

  test('says in its language what it offers, and when a comment was written', () => {
    const elements = pageOf()
    expect(elements.filter(({ tagName }) => tagName === 'button').map(textOf)).toEqual([textsOf(locale)['form.submit']])
    const times = elements.filter(({ tagName }) => tagName === 'time')
    expect(textOf(times[0])).toBe(formatDateTime(AT, { locale }))
  })

  test('keeps addresses from left to right', () => {
    const address = pageOf().find((element) => textOf(element) === 'warta.example/gerbong')
    expect([address?.tagName, attribute(address, 'dir')]).toEqual(['bdi', 'ltr'])
  })
})

describe('a mail to a moderator', () => {
  const link = (action: string) => `https://balas.example/moderate/${action}`
  const mailIn = (locale: string) =>
    renderHeld({
      site: { name: 'Warta', locale },
      comment: {
        id: 'a',
        name: 'Budi',
        website: 'https://budi.example/',
        body: 'Banjir',
        html: '<p>Banjir</p>',
        createdAt: new Date(AT),
        maskedEmail: 'b***@budi.example',
        networkLabel: '192.0.2.0/24',
      },
      article: { url: 'https://warta.example/gerbong', title: 'Gerbong' },
      reasons: [translator(locale)('reason.site-holds-all')],
      waiting: 2,
      links: { approve: link('approve'), reject: link('reject'), spam: link('spam') },
      isEdit: false,
    })

  test.each(locales)('in %s names its language and direction, and its sides follow', (locale) => {
    const elements = elementsOf(mailIn(locale).html)
    expect([attribute(elements[0], 'lang'), attribute(elements[0], 'dir')]).toEqual([locale, direction(locale)])
    const styles = elements.flatMap((element) => [attribute(element, 'style') ?? '', element.tagName === 'style' ? textOf(element) : ''])
    const [start, end] = locale === 'ar' ? ['right', 'left'] : ['left', 'right']
    expect(styles.join().match(/(?:border|padding)-(?:left|right)/g)).not.toContain(`border-${end}`)
    expect(styles.join()).toContain(`border-${start}:4px solid`)
    expect(styles.join()).toContain(`margin-${end}:8px`)
  })

  test('in Arabic keeps Latin names, and addresses, together', () => {
    const { subject, html } = mailIn('ar')
    expect(subject).toBe('تعليق بالانتظار: «\u2068Gerbong\u2069» – \u2068Warta\u2069')
    const isolated = elementsOf(html).filter(({ tagName }) => tagName === 'bdi')
    expect(isolated.map(textOf)).toEqual(
      expect.arrayContaining([
        'Warta',
        'Gerbong',
        'warta.example/gerbong',
        'Budi',
        'b***@budi.example',
        'https://budi.example/',
        '192.0.2.0/24',
      ]),
    )
    expect(mailIn('ar').text).toContain('هناك تعليقان بالانتظار')
  })
})

test('dates are written in the language and the zone of the site, whatever the zone of the server', () => {
  const at = '2025-12-18T18:05:00Z'
  expect(formatDateTime(at, { locale: 'id' })).toBe('19 Desember 2025 pukul 01.05 WIB')
  expect(formatDateTime(at, { locale: 'id-ID' })).toBe('19 Desember 2025 pukul 01.05 WIB')
  expect(formatDateTime(at, { locale: 'id', timeZone: 'Asia/Jayapura' })).toBe('19 Desember 2025 pukul 03.05 WIT')
  expect(formatDateTime(new Date(at), { locale: 'en' })).toMatch(/^December 18, 2025 at 6:05\sPM UTC$/)
  expect(formatDateTime(at, { locale: 'ja' })).toMatch(/^2025年12月19日 3:05/)
  expect(formatDateTime(at, { locale: 'ar' })).toMatch(/^18 ديسمبر 2025 .*UTC$/)
})

test('knows a time zone from a text', () => {
  expect(['Asia/Jakarta', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
})

describe('no text is written outside the locale files', () => {
  test('in the sources of pages, mails and widget', async () => {
    const files = (await readdir('src', { recursive: true })).filter((path) => PAGES_AND_MAILS.test(path) && !DEMO.test(path))
    expect(files.length).toBeGreaterThan(10)
    const found = await Promise.all(files.map(async (path) => [path, await writtenTexts(join('src', path))] as const))
    expect(found.filter(([, pieces]) => pieces.length > 0)).toEqual([])
  })

  test.each([
    ['<p>Hello {name}</p>', ['Hello ']],
    ['<p>{count > 0 ? `${count} comments` : t("x")} {soft && ("Hi" as string)} {name ?? "nobody"}</p>', [' comments', 'Hi', 'nobody']],
    ['<><a aria-label="Close" class="big" title={"Away"}>×</a><img alt="A cat" /></>', ['Close', 'Away', 'A cat']],
    ['page({ title: "Oops", status: "spam" }), <p>{kind === "files" && t("x")}</p>', ['Oops']],
    ['<p class="soft" id="a">{t("form.title")} · {name}</p>', []],
  ])('which the search would find: %s', async (source, pieces) => {
    expect(await textsIn(source)).toEqual(pieces)
  })
})

const PAGES_AND_MAILS = /(?:^|\/)view\/.*\.tsx$|^(?:http|notifications|web\/embed)\/[^/]*\.tsx$/
/** An article is content. */
const DEMO = /demo-article\.tsx$/

test.each(locales.map((locale) => [locale, textsOf(locale)] as const))(
  '%s: a button that is named more closely keeps the words that are seen (WCAG 2.5.3)',
  (_locale, messages) => {
    const words = (text: string) => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{M}]+/gu, ' ')} `
    const isSpaced = !/[\u3040-\u30ff\u4e00-\u9fff]/.test(messages['comment.reply'])
    for (const [seen, named] of [
      ['comment.reply', 'comment.replyTo'],
      ['embed.report', 'embed.reportName'],
    ] as const) {
      if (isSpaced) expect(words(messages[named])).toContain(words(messages[seen]))
      else expect(messages[named]).toContain(messages[seen])
    }
  },
)
