import { formatDateTime, isTimeZone } from '../../src/locales/dates.ts'
import { en } from '../../src/locales/en.ts'
import { id } from '../../src/locales/id.ts'
import { isLocale, translator } from '../../src/locales/index.ts'

const indonesian: Record<string, string | undefined> = id
const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).toSorted()

test.each(Object.entries(en).filter(([key]) => !key.endsWith('_one')))(
  '%s: Indonesian has its own text with the same values',
  (key, english) => {
    expect(indonesian[key]).toMatch(/\S/)
    expect(placeholders(indonesian[key] ?? '')).toEqual(placeholders(english))
  },
)

test('plural forms and digits follow the language', () => {
  expect([0, 1, 2, 1234].map((count) => translator('en')('thread.count', { count }))).toEqual([
    '0 comments',
    '1 comment',
    '2 comments',
    '1,234 comments',
  ])
  expect([0, 1, 2, 1234].map((count) => translator('id')('thread.count', { count }))).toEqual([
    '0 komentar',
    '1 komentar',
    '2 komentar',
    '1.234 komentar',
  ])
})

test('a region counts as its language, an unknown language is answered in English', () => {
  expect(translator('id-ID')('form.submit')).toBe('Kirim Komentar')
  expect(translator('xx')('form.submit')).toBe('Post Comment')
  expect([isLocale('id'), isLocale('xx'), isLocale('__proto__')]).toEqual([true, false, false])
})

test('values are put in as they are, never read as a template', () => {
  const name = '$t(form.submit) {{name}} <b>&amp;'
  expect(translator('en')('form.titleTo', { name })).toBe(`Reply to ${name}`)
})

test('dates are written in the language and the zone of the site, whatever the zone of the server', () => {
  const at = '2025-12-18T18:05:00Z'
  expect(formatDateTime(at, { locale: 'id' })).toBe('19 Desember 2025 pukul 01.05 WIB')
  expect(formatDateTime(at, { locale: 'id', timeZone: 'Asia/Jayapura' })).toBe('19 Desember 2025 pukul 03.05 WIT')
  expect(formatDateTime(new Date(at), { locale: 'en' })).toMatch(/^December 18, 2025 at 6:05\sPM UTC$/)
})

test('knows a time zone from a text', () => {
  expect(['Asia/Jakarta', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
})
