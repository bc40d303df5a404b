import { useState } from 'react'
import { useSpeech } from '../speech/speech.tsx'

const KEPT_AS = 'balas.swiping'

/** Says on touch screens, until somebody has read it, what a swipe does. */
export function SwipeHint() {
  const { t } = useSpeech()
  const [isKnown, setKnown] = useState(() => localStorage.getItem(KEPT_AS) !== null)
  if (isKnown) return null
  const close = () => {
    localStorage.setItem(KEPT_AS, 'known')
    setKnown(true)
  }
  return (
    <p className="swipe-hint">
      {t('admin.swipe.hint')}
      <button type="button" className="plain" onClick={close}>
        {t('admin.swipe.known')}
      </button>
    </p>
  )
}
