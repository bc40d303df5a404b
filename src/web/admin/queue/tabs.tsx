import { Link } from 'wouter'
import { numberIn } from '../../embed/numbers.ts'
import type { Counts } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { type Filter, tabs, writeFilter } from '../../../moderation/page-filter.ts'

/** One tab for each status, with how many there are; a search goes along. */
export function Tabs({ filter, counts }: { filter: Filter; counts: Counts | undefined; show: (filter: Filter) => void }) {
  const { t, locale } = useSpeech()
  return (
    <nav className="tabs" aria-label={t('admin.tabs')}>
      {tabs.map((tab) => (
        <Link key={tab} href={`/${writeFilter({ ...filter, tab })}`} aria-current={tab === filter.tab ? 'page' : undefined}>
          {t(`admin.status.${tab}`)}
          {tab !== 'all' && counts && <span className="count">{numberIn(locale, counts[tab])}</span>}
        </Link>
      ))}
    </nav>
  )
}
