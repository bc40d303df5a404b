import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ask } from '../api/ask.ts'
import type { LeadAnswer, Split } from '../api/types.ts'
import { Sure } from '../comment/sure.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** Threads that seem to be one article's, each group with the address that is to stay. */
export function Splits({ path }: { path: string }) {
  const { t } = useSpeech()
  const found = useQuery({ queryKey: ['repairs', path, 'splits'], queryFn: () => ask<{ splits: Split[] }>('GET', `${path}/splits`) })
  return (
    <section className="stack" aria-label={t('admin.repair.splits')}>
      <h2>{t('admin.repair.splits')}</h2>
      <Loaded of={found}>
        {({ splits }) =>
          splits.length === 0 ? (
            <p className="hint">{t('admin.repair.noSplits')}</p>
          ) : (
            <>
              <p className="hint">{t('admin.repair.splitsText')}</p>
              {splits.map((split) => (
                <SplitPanel key={split.threads.map(({ id }) => id).join()} path={path} split={split} />
              ))}
            </>
          )
        }
      </Loaded>
    </section>
  )
}

function SplitPanel({ path, split: { reasons, into, threads } }: { path: string; split: Split }) {
  const { t } = useSpeech()
  const name = useId()
  const client = useQueryClient()
  const [kept, keep] = useState(into)
  const to = threads.find(({ id }) => id === kept)?.url ?? ''
  const merge = useMutation({
    mutationFn: () => {
      const pairs = threads.filter(({ id }) => id !== kept).map(({ url }) => ({ from: url, to }))
      return ask<LeadAnswer>('POST', `${path}/redirects`, { pairs })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['repairs', path] }),
  })
  return (
    <div className="panel stack">
      <p className="hint">{t('admin.repair.alike', { reasons: reasons.map((each) => t(`admin.repair.reason.${each}`)).join(', ') })}</p>
      <div role="radiogroup" aria-label={t('admin.repair.keep')}>
        {threads.map(({ id, url, title, count }) => (
          <label key={id} className="radio">
            <input type="radio" name={name} checked={id === kept} onChange={() => keep(id)} />
            <span>
              {title !== null && <bdi>{title} · </bdi>}
              {t('thread.count', { count })}
              <span className="hint address" dir="ltr">
                {url}
              </span>
            </span>
          </label>
        ))}
      </div>
      <div className="row">
        <Sure
          ask={t('admin.repair.merge')}
          explain={t('admin.repair.mergeSure')}
          isPending={merge.isPending}
          onSure={() => merge.mutate()}
        />
      </div>
      {merge.error && <Failed error={merge.error} />}
    </div>
  )
}
