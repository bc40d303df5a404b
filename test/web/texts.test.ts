import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locales, translator as i18next } from '../../src/locales/index.ts'
import { widgetTexts } from '../../src/locales/widget-texts.ts'
import { translator } from '../../src/web/embed/texts.ts'

const VALUES = { name: 'Budi {{title}} $t(form.submit)', title: 'Kereta <b>malam</b>', field: 'x' }
const COUNTS = [0, 1, 2, 3, 11, 100, 1234, 1_000_000]
type Key = Parameters<ReturnType<typeof translator>>[0]

describe.each(locales)('the widget in %s', (locale) => {
  const { texts: mine } = widgetTexts(locale)
  const widget = translator(locale, mine)
  const server = i18next(locale)
  const bases = [...new Set(Object.keys(mine).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')))] as Key[]

  test('says everything as the server does', () => {
    expect(bases.length).toBeGreaterThan(60)
    for (const key of bases) {
      const isPlural = !(key in mine)
      for (const values of isPlural ? COUNTS.map((count) => ({ ...VALUES, count })) : [VALUES])
        expect([key, widget(key, values)]).toEqual([key, server(key, values)])
    }
  })
})

test('takes the first language that there is, whatever its region', () => {
  const chosen = (wanted: string) => widgetTexts(wanted).locale
  expect([chosen('id-ID,en'), chosen('tlh,pt-BR,en'), chosen('zh_Hant'), chosen('AR'), chosen(''), chosen('constructor')]).toEqual([
    'id',
    'pt',
    'zh',
    'ar',
    'en',
    'en',
  ])
})

test('has every text that the widget names', async () => {
  const files = (await readdir(WIDGET)).filter((file) => /\.tsx?$/.test(file) && file !== 'vite.config.ts')
  const sources = await Promise.all(files.map((file) => readFile(join(WIDGET, file), 'utf8')))
  const named = [...new Set(sources.join('').match(/'(form|field|problem|thread|comment|own|embed)\.[\w.]+'/g))].map((key) =>
    key.slice(1, -1),
  )
  expect(named.length).toBeGreaterThan(30)
  const { texts: mine } = widgetTexts('en')
  expect(named.filter((key) => !(key in mine) && !(`${key}_other` in mine))).toEqual([])
})

const WIDGET = join(import.meta.dirname, '../../src/web/embed')
