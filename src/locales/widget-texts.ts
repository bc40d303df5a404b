import { direction, isLocale, type Locale } from './index.ts'
import { textsOf } from './texts.ts'

/** The parts of the locale files that the widget speaks with. */
const PARTS = ['form.', 'field.', 'problem.', 'thread.', 'comment.', 'own.', 'embed.']
/** Of those, what only the pages say: on a bad line every byte counts. */
const PAGES_ALONE =
  /^(form\.honeypot|field\.(password\.short|email\.taken)|problem\.(title|kept|unavailable|originPage)|own\.(title|see|inReplyTo)|thread\.(pageTitle|untitled|back|page|see|paging|first|older|newer))(_|$)/

/**
 * A language's texts for the widget. `wanted` names languages as pages and browsers do, best first and parted by commas; the first
 * one that there is counts, else English.
 *
 * @example widgetTexts('id-ID,en').locale // 'id'
 */
export function widgetTexts(wanted: string): { locale: Locale; direction: 'ltr' | 'rtl'; texts: Record<string, string> } {
  const locale = wanted.split(',').map(languageOf).find(isLocale) ?? 'en'
  const entries = Object.entries(textsOf(locale)).filter(([key]) => PARTS.some((part) => key.startsWith(part)) && !PAGES_ALONE.test(key))
  return { locale, direction: direction(locale), texts: Object.fromEntries(entries) }
}

const languageOf = (tag: string) => tag.trim().toLowerCase().split(/[-_]/)[0] ?? ''
