import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Locale, Translate } from '../../../locales/index.ts'
import { translator } from '../../embed/texts.ts'
import { keepLanguage, textsOf, wantedLanguage } from './languages.ts'

/** How the page speaks, and a way to make it speak otherwise. */
export interface Speech {
  t: Translate
  locale: Locale
  speak: (locale: Locale) => void
}

const SpeechContext = createContext<Speech | null>(null)

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('outside of SpeechProvider')
  return speech
}

/** Shows its children as soon as the texts are there. */
export function SpeechProvider({ children }: { children: ReactNode }) {
  const [wanted, speak] = useState(wantedLanguage)
  const [spoken, setSpoken] = useState<{ locale: Locale; t: Translate } | null>(null)

  useEffect(() => {
    let isWanted = true
    void textsOf(wanted).then((texts) => {
      if (!isWanted) return
      document.documentElement.lang = wanted
      document.documentElement.dir = wanted === 'ar' ? 'rtl' : 'ltr'
      setSpoken({ locale: wanted, t: translator(wanted, texts) })
    })
    return () => {
      isWanted = false
    }
  }, [wanted])

  if (!spoken) return null
  const choose = (locale: Locale) => {
    keepLanguage(locale)
    speak(locale)
  }
  return <SpeechContext value={{ ...spoken, speak: choose }}>{children}</SpeechContext>
}
