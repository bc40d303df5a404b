import { useMantineColorScheme } from '@mantine/core'
import { LanguageSelect } from '../speech/language-select.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** Which language the page speaks. */
export function LanguageChoice() {
  const { locale, speak } = useSpeech()
  return <LanguageSelect value={locale} onChoose={speak} />
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
