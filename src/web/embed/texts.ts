import type { MessageKey, Translate } from '../../locales/index.ts'
import { numberIn } from './numbers.ts'

declare const TEXTS_VERSION: string

/** A language's texts as the server gives them. */
interface Texts {
  locale: string
  direction: 'ltr' | 'rtl'
  texts: Record<string, string>
}

/** How the widget speaks. */
export interface Speech {
  t: Translate
  locale: string
  direction: 'ltr' | 'rtl'
}

const loaded = new Map<string, Promise<Speech>>()

/** Fetches the texts of the first of some languages that the server has, once a page. */
export function speak(server: string, languages: string): Promise<Speech> {
  const known = loaded.get(languages)
  if (known) return known
  const speech = load(server, languages)
  loaded.set(languages, speech)
  speech.catch(() => loaded.delete(languages)) // the next one tries again
  return speech
}

async function load(server: string, languages: string): Promise<Speech> {
  const answer = await fetch(`${server}/embed/${TEXTS_VERSION}/${encodeURIComponent(languages)}.json`, { credentials: 'omit' })
  if (!answer.ok) throw new Error(`no texts: ${answer.status}`)
  const { locale, direction, texts } = (await answer.json()) as Texts
  return { t: translator(locale, texts), locale, direction }
}

/**
 * Reads the locale files as i18next does (a test holds it to that): plural forms by `Intl`, values put in as they are. i18next itself
 * would weigh as much as all the rest of the widget.
 */
export function translator(locale: string, texts: Record<string, string>): Translate {
  const plurals = new Intl.PluralRules(locale)
  return (key: MessageKey, values = {}) => {
    const text = 'count' in values ? texts[`${key}_${plurals.select(Number(values['count']))}`] : texts[key]
    return (text ?? key).replaceAll(/{{\s*(\w+)(, number)?\s*}}/g, (whole, name: string, isNumber?: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return isNumber ? numberIn(locale, Number(value)) : String(value)
    })
  }
}
