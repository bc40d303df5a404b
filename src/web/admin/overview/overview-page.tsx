import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { z } from 'zod'
import type { Overview as OverviewShape } from '../../../overview/overview.ts'
import { query } from '../../../http/query-string.ts'
import { ask } from '../api/ask.ts'
import { Loaded, Loading } from '../parts/states.tsx'
import { useMe } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { Figures } from './figures.tsx'

export type Overview = z.output<typeof OverviewShape>

const Plot = lazy(() => import('./plot.tsx'))
const SPANS = [7, 30, 90]

/** What came in and what became of it, as a plot and as figures. */
export default function OverviewPage() {
  const { t } = useSpeech()
  const { roles } = useMe()
  const [days, setDays] = useState(30)
  const [site, setSite] = useState('')
  const found = useQuery({
    queryKey: ['overview', site, days],
    queryFn: () => ask<Overview>('GET', `/api/v1/moderation/overview${query({ site, days })}`),
  })
  return (
    <div className="page">
      <div className="row">
        <h1 className="wide">{t('admin.nav.overview')}</h1>
        {roles.length > 1 && (
          <select className="choice" aria-label={t('admin.search.site')} value={site} onChange={({ target }) => setSite(target.value)}>
            <option value="">{t('admin.search.allSites')}</option>
            {roles.map((role) => (
              <option key={role.site.key} value={role.site.key}>
                {role.site.name}
              </option>
            ))}
          </select>
        )}
        <select className="choice" aria-label={t('admin.ban.long')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {t('admin.ban.days', { n: span })}
            </option>
          ))}
        </select>
      </div>
      <Loaded of={found}>
        {(overview) => (
          <>
            {overview.failedMails.map(({ site: key, failed }) => (
              <p key={key} role="alert" className="panel">
                <Link href={`/sites/${key}/mail?state=failed`}>
                  {t('admin.overview.failedMails', { site: roles.find((each) => each.site.key === key)?.site.name ?? key, n: failed })}
                </Link>
              </p>
            ))}
            <Suspense fallback={<Loading />}>
              <Plot days={overview.days} />
            </Suspense>
            <Figures overview={overview} />
          </>
        )}
      </Loaded>
    </div>
  )
}
