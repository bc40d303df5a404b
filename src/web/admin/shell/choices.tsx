import { useMantineColorScheme } from '@mantine/core'
import { languages, nameOf } from '../speech/languages.ts'
import { useSpeech } from '../speech/speech.tsx'

/** Which language the page speaks. */
export function LanguageChoice() {
  const { t, locale, speak } = useSpeech()
  return (
    <select
      className="choice"
      aria-label={t('admin.language')}
      value={locale}
      onChange={({ target }) => speak(languages.find((each) => each === target.value) ?? 'en')}
    >
      {languages.map((each) => (
        <option key={each} value={each} lang={each}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  )
}

const SCHEMES = ['auto', 'light', 'dark'] as const

/** Light, dark, or as the device. */
export function ColourChoice() {
  const { t } = useSpeech()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <select
      className="choice"
      aria-label={t('admin.colours')}
      value={colorScheme}
      onChange={({ target }) => setColorScheme(SCHEMES.find((each) => each === target.value) ?? 'auto')}
    >
      {SCHEMES.map((each) => (
        <option key={each} value={each}>
          {t(`admin.colours.${each}`)}
        </option>
      ))}
    </select>
  )
}
