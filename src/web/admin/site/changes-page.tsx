import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { SiteChange as ChangeShape } from '../../../sites/history-routes.ts'
import { ask } from '../api/ask.ts'
import type { Paged } from '../api/types.ts'
import { Loaded } from '../parts/states.tsx'
import { Moment } from '../parts/moment.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { fieldName, valueText } from './setting-words.ts'

type Change = z.output<typeof ChangeShape>

/** Who changed what of the site's settings, and when. */
export default function ChangesPage({ site }: { site: string }) {
  const { t } = useSpeech()
  const found = useQuery({
    queryKey: ['changes', site],
    queryFn: () => ask<Paged<'changes', Change>>('GET', `/api/v1/sites/${site}/history?limit=100`),
  })
  return (
    <Loaded of={found}>
      {({ changes }) => (
        <div className="scroll">
          {changes.length === 0 && <p className="hint">{t('admin.none')}</p>}
          <ol className="lines">
            {changes.map(({ id, at, actor, fields }) => (
              <li key={id}>
                <bdi>{actor}</bdi>{' '}
                <span className="hint">
                  <Moment at={at} />
                </span>
                <ul>
                  {fields.map(({ field, from, to }) => (
                    <li key={field}>
                      {fieldName(t, field)}: <del>{valueText(t, from)}</del> → <ins>{valueText(t, to)}</ins>{' '}
                      <code className="hint">{field}</code>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Loaded>
  )
}
