import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/ask.ts'
import type { Paged, Repair } from '../api/types.ts'
import { Sure } from '../comment/sure.tsx'
import { Moment } from '../parts/moment.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { LedKind } from './led-list.tsx'

/** What was done about addresses, each batch with a way back. */
export function RepairLog({ path }: { path: string }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const found = useQuery({
    queryKey: ['repairs', path, 'log'],
    queryFn: () => ask<Paged<'repairs', Repair>>('GET', `${path}/repairs?limit=100`),
  })
  const undo = useMutation({
    mutationFn: (batch: string) => ask('POST', `${path}/repairs/${batch}/undo`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['repairs', path] }),
  })
  return (
    <section className="stack" aria-label={t('admin.repair.log')}>
      <h2>{t('admin.repair.log')}</h2>
      {undo.error && <Failed error={undo.error} />}
      <Loaded of={found}>
        {({ repairs }) => (
          <>
            {repairs.length === 0 && <p className="hint">{t('admin.none')}</p>}
            <ul className="lines">
              {repairs.map((repair, index) => {
                const { id, batch, from, to, at, by, undone } = repair
                const isLastOfBatch = repairs[index - 1]?.batch !== batch
                return (
                  <li key={id} className="row">
                    <span style={{ flex: '1 1 14rem' }}>
                      <LedKind led={repair} />
                      <span className="hint address" dir="ltr">
                        {from} → {to}
                      </span>
                      <p className="hint">
                        <bdi>{by}</bdi> · <Moment at={at} />
                        {undone && ` · ${t('admin.repair.undone', { name: undone.by })}`}
                      </p>
                    </span>
                    {isLastOfBatch && !undone && (
                      <Sure
                        ask={t('admin.repair.undo')}
                        explain={t('admin.repair.undoSure', { count: repairs.filter((each) => each.batch === batch).length })}
                        isPending={undo.isPending}
                        onSure={() => undo.mutate(batch)}
                      />
                    )}
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  )
}
