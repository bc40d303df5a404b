import { exactIn, momentIn } from '../../embed/numbers.ts'
import { useSpeech } from '../speech/speech.tsx'

/** A time as people say it; the exact one in a tooltip. */
export function Moment({ at }: { at: string }) {
  const { locale } = useSpeech()
  return (
    <time dateTime={at} title={exactIn(locale, at)}>
      {momentIn(locale, at, Date.now())}
    </time>
  )
}
