import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSpeech } from '../speech/speech.tsx'

interface Props {
  /** The words of the button, before and after. */
  ask: string
  explain: string
  isPending: boolean
  onSure: () => void
}

/** A button for what cannot be taken back: it asks once more, in its place. */
export function Sure({ ask, explain, isPending, onSure }: Props) {
  const { t } = useSpeech()
  const [isAsked, setAsked] = useState(false)
  if (!isAsked) {
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        {ask}
      </Button>
    )
  }
  return (
    <div className="row" role="alert">
      <span>{explain}</span>
      <Button
        color="red.9"
        loading={isPending}
        autoFocus
        onClick={() => {
          setAsked(false)
          onSure()
        }}
      >
        {ask}
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        {t('embed.cancel')}
      </Button>
    </div>
  )
}
