import i18next, { type i18n } from 'i18next'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { id } from './id.ts'
import { ja } from './ja.ts'
import { ms } from './ms.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

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

/** All texts of all languages. */
export const texts: Record<Locale, Messages> = { en, id, ms, de, fr, es, pt, nl, ja, zh, ar }

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
  const translate = catalogue().getFixedT(locale)
  return (key, values) => translate(key, { ...values, nest: false })
}

let loaded: i18n | undefined

function catalogue(): i18n {
  if (loaded) return loaded
  loaded = i18next.createInstance()
  void loaded.init({
    initAsync: false,
    resources: Object.fromEntries(Object.entries(texts).map(([locale, translation]) => [locale, { translation }])),
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  })
  return loaded
}
