import { useQuery } from '@tanstack/react-query'
import type { KeptExport } from '../../../transfer/kept-exports.ts'
import { ask } from '../api/ask.ts'
import { Moment } from '../parts/moment.tsx'
import { Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { sizeIn } from './sizes.ts'

/** The exports that the server keeps, as links: the browser saves them without having them in memory. */
export function KeptExports({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const path = `/api/v1/sites/${site}/exports`
  const found = useQuery({ queryKey: ['exports', site], queryFn: () => ask<{ exports: KeptExport[] }>('GET', path) })
  return (
    <section className="panel stack">
      <h2>{t('admin.export.kept')}</h2>
      <Loaded of={found}>
        {({ exports }) =>
          exports.length === 0 ? (
            <p className="hint">{t('admin.export.keptNone')}</p>
          ) : (
            <ol className="lines">
              {exports.map(({ name, createdAt, emails, size }) => (
                <li key={name}>
                  <a href={`${path}/${name}`} download>
                    <Moment at={createdAt} />
                  </a>{' '}
                  <span className="hint">
                    {sizeIn(locale, size)}
                    {emails && ` · ${t('admin.export.emails')}`}
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  )
}
