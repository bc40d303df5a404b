import type { PointerEvent } from 'react'
import { exactIn, momentIn } from '../../embed/numbers.ts'
import { useSpeech } from '../speech/speech.tsx'

/** A time as people say it; the exact one in a tooltip. */
export function Moment({ at }: { at: string }) {
  const { locale } = useSpeech()
  const tell = ({ currentTarget }: PointerEvent<HTMLElement>) => {
    currentTarget.title = exactIn(locale, at) // only now, since a date in full is slow to make, and there are dozens
  }
  return (
    <time dateTime={at} onPointerEnter={tell}>
      {momentIn(locale, at, Date.now())}
    </time>
  )
}
