import { useMemo } from 'react'
import { useSpeech } from '../speech/speech.tsx'
import { differences } from './differences.ts'

/** What an edit changes, word by word. */
export function Difference({ before, after }: { before: string; after: string }) {
  const { t } = useSpeech()
  const pieces = useMemo(() => differences(before, after), [before, after])
  return (
    <div className="difference">
      <h3>{t('admin.card.difference')}</h3>
      <p dir="auto">
        {pieces.map(({ kind, text }, index) => {
          const Piece = kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del'
          // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name
          return <Piece key={index}>{text}</Piece>
        })}
      </p>
    </div>
  )
}
