import type { Locale, Messages } from '../../../locales/index.ts'

/** Each language's texts are a file of their own, fetched when it is spoken. */
const files: Record<Locale, () => Promise<Messages>> = {
  en: () => import('../../../locales/en.ts').then(({ en }) => en),
  id: () => import('../../../locales/id.ts').then(({ id }) => id),
  ms: () => import('../../../locales/ms.ts').then(({ ms }) => ms),
  de: () => import('../../../locales/de.ts').then(({ de }) => de),
  fr: () => import('../../../locales/fr.ts').then(({ fr }) => fr),
  es: () => import('../../../locales/es.ts').then(({ es }) => es),
  pt: () => import('../../../locales/pt.ts').then(({ pt }) => pt),
  nl: () => import('../../../locales/nl.ts').then(({ nl }) => nl),
  ja: () => import('../../../locales/ja.ts').then(({ ja }) => ja),
  zh: () => import('../../../locales/zh.ts').then(({ zh }) => zh),
  ar: () => import('../../../locales/ar.ts').then(({ ar }) => ar),
}

export const languages = Object.keys(files) as Locale[]
export const textsOf = (locale: Locale) => files[locale]()

const KEPT_AS = 'balas.language'

/** What was chosen here before, else the first of the browser's languages that there is. */
export function wantedLanguage(): Locale {
  const wanted = [localStorage.getItem(KEPT_AS) ?? '', ...navigator.languages].map((tag) => tag.toLowerCase().split('-')[0])
  return languages.find((locale) => locale === wanted.find((tag) => languages.some((known) => known === tag))) ?? 'en'
}

export const keepLanguage = (locale: Locale) => localStorage.setItem(KEPT_AS, locale)

/** A language's own name for itself. */
export const nameOf = (locale: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
