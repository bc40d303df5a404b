import type { Locale } from '../../../locales/index.ts'
import { languages, nameOf } from './languages.ts'
import { useSpeech } from './speech.tsx'

interface LanguageSelectProps {
  value: string
  onChoose: (locale: Locale) => void
  /** A first choice, of no language. */
  none?: { text: string; onChoose: () => void }
  /** A label stands around it; else it says by itself what it is. */
  isLabelled?: boolean
}

/** Every language, each by its own name. */
export function LanguageSelect({ value, onChoose, none, isLabelled = false }: LanguageSelectProps) {
  const { t } = useSpeech()
  const choose = (chosen: string) => {
    const locale = languages.find((each) => each === chosen)
    if (locale) onChoose(locale)
    else none?.onChoose()
  }
  return (
    <select
      className="choice"
      {...(!isLabelled && { 'aria-label': t('admin.language') })}
      value={value}
      onChange={({ target }) => choose(target.value)}
    >
      {none && <option value="">{none.text}</option>}
      {languages.map((each) => (
        <option key={each} value={each} lang={each}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  )
}
