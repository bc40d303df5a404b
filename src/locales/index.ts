import i18next, { type i18n } from 'i18next'
import type { en } from './en.ts'
import { textsOf } from './texts.ts'

type EnglishKey = keyof typeof en
type BaseKey<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key
type PluralKey = EnglishKey extends infer Key ? (Key extends `${infer Base}_other` ? Base : never) : never

/** The texts of a language: every key of English, with the plural forms that the language has (Unicode CLDR's categories). */
export type Messages = Record<Exclude<EnglishKey, `${string}_one`>, string> &
  Partial<Record<`${PluralKey}_${'zero' | 'one' | 'two' | 'few' | 'many'}`, string>>

/** The texts of the moderators' page, which stand in files of their own. */
export type AdminMessages = Pick<Messages, Extract<keyof Messages, `admin.${string}`>>

/** What imports say of records, in files of their own too. */
export type ImportMessages = Pick<Messages, Extract<keyof Messages, `admin.import.reason.${string}`>>

/** What `Translate` takes: plural forms go by the name before `_one` and `_other`, with `count` among the values. */
export type MessageKey = BaseKey<EnglishKey>

/** Gives the text of a key. Values are put in as they are: whoever writes HTML escapes the result, as Preact does. */
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string

/** How a page speaks: its texts, and the language and time zone that dates are written in. */
export interface Speech {
  t: Translate
  locale: string
  timeZone?: string | undefined
}

export const locales = ['en', 'id', 'ms', 'de', 'fr', 'es', 'pt', 'nl', 'ja', 'zh', 'ar'] as const
export type Locale = (typeof locales)[number]

/** Whether there are texts in this language. */
export const isLocale = (value: string): value is Locale => locales.some((locale) => locale === value)

/** The language of ours that a tag such as `pt-BR` is of, if there is one. */
export function knownLocale(tag: string | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split(/[-_]/)[0] ?? ''
  return isLocale(language) ? language : undefined
}

/** Which way a language is written, for `dir`. */
export const direction = (locale: string): 'ltr' | 'rtl' => (/^ar\b/i.test(locale) ? 'rtl' : 'ltr')

/**
 * The texts of a language; regions and scripts count as their language (`id-ID`, `zh-Hant`), an unknown language is answered in English.
 *
 * @example translator('id')('thread.count', { count: 1234 }) // '1.234 komentar'
 */
export function translator(locale: string): Translate {
  const translate = catalogueOf(knownLocale(locale) ?? 'en').getFixedT(locale)
  return (key, values) => translate(key, { ...values, nest: false })
}

const catalogues = new Map<Locale, i18n>()

/** One for each language that somebody asked for: most servers speak two or three, and texts that nobody reads take memory. */
function catalogueOf(locale: Locale): i18n {
  const known = catalogues.get(locale)
  if (known) return known
  const made = i18next.createInstance()
  void made.init({
    initAsync: false,
    resources: Object.fromEntries(['en' as const, locale].map((each) => [each, { translation: textsOf(each) }])),
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  })
  catalogues.set(locale, made)
  return made
}
