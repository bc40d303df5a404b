import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Refusal } from '../api/ask.ts'
import type { Decision } from '../api/types.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import type { Filter } from '../../../moderation/page-filter.ts'
import { useDecide } from './use-decide.ts'

interface Props {
  filter: Filter
  selected: number
  loaded: number
  /** How many match; undefined when only the server can count them. */
  total: number | undefined
  onAll: () => void
  onNone: () => void
  onDecide: (decision: Decision) => void
}

const DECISIONS = ['approve', 'reject', 'spam'] as const

/** What to do with the selected ones, or with all that match; the latter is asked once more, with their number. */
export function SelectionBar({ filter, selected, loaded, total, onAll, onNone, onDecide }: Props) {
  const { t } = useSpeech()
  const { decideAll } = useDecide()
  const [isAll, setAll] = useState(false)
  const [question, setQuestion] = useState<{ decision: Decision; matches: number } | null>(null)
  const act = useMutation({
    mutationFn: ({ decision, expected }: { decision: Decision; expected: number }) => decideAll(filter, expected, decision),
    onSuccess: () => {
      setQuestion(null)
      onNone()
    },
    onError: (error, { decision }) => {
      const matches = error instanceof Refusal ? Number(error.members['matches']) : Number.NaN
      if (matches > 0) setQuestion({ decision, matches })
    },
  })
  const decide = (decision: Decision) => {
    if (!isAll) return onDecide(decision)
    if (total !== undefined) return setQuestion({ decision, matches: total })
    act.mutate({ decision, expected: 1 }) // more than one page match, so this decides nothing and tells their number
  }
  return (
    <div className="bar selection" role="group" aria-label={t('admin.select.bar')}>
      <span className="selected">{isAll ? t('admin.select.all') : t('admin.select.n', { n: selected })}</span>
      {DECISIONS.map((decision) => (
        <Button key={decision} size="sm" variant={decision === 'approve' ? 'filled' : 'default'} onClick={() => decide(decision)}>
          {t(`admin.do.${decision}`)}
        </Button>
      ))}
      {!isAll && selected < Math.min(500, loaded) && (
        <Button size="sm" variant="subtle" onClick={onAll}>
          {t('admin.select.loaded', { n: Math.min(500, loaded) })}
        </Button>
      )}
      {!isAll && (total === undefined || total > selected) && (
        <Button size="sm" variant="subtle" onClick={() => setAll(true)}>
          {total === undefined ? t('admin.select.matching') : t('admin.select.matchingN', { n: total })}
        </Button>
      )}
      <Button size="sm" variant="subtle" onClick={onNone} aria-keyshortcuts="Escape">
        {t('embed.cancel')}
      </Button>
      {question && (
        <Dialog
          onClose={() => setQuestion(null)}
          title={t('admin.select.sure', { n: question.matches, what: t(`admin.do.${question.decision}`) })}
        >
          {act.error && !(act.error instanceof Refusal && 'matches' in act.error.members) && <Failed error={act.error} />}
          <div className="row">
            <Button
              loading={act.isPending}
              onClick={() => act.mutate({ decision: question.decision, expected: Math.min(10_000, question.matches) })}
            >
              {t(`admin.do.${question.decision}`)}
            </Button>
            <Button variant="default" onClick={() => setQuestion(null)}>
              {t('embed.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
