import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSpeech } from '../speech/speech.tsx'
import { type Filter, isSearch, readFilter, writeFilter } from '../../../moderation/page-filter.ts'

const KEPT_AS = 'balas.filters'
const NOTHING: string[] = []

/** Filters that somebody comes back to, kept in this browser by their addresses. */
export function SavedFilters({ filter, show }: { filter: Filter; show: (filter: Filter) => void }) {
  const { t } = useSpeech()
  const [saved, setSaved] = useState(read)
  const address = writeFilter(filter)
  const isKept = saved.includes(address)
  const keep = (next: string[]) => {
    localStorage.setItem(KEPT_AS, JSON.stringify(next))
    setSaved(next)
  }
  const describe = (each: string) => {
    const { tab, ...fields } = readFilter(each)
    return [t(`admin.status.${tab}`), ...Object.values(fields)].join(' · ')
  }
  return (
    <>
      {(isSearch(filter) || isKept) && (
        <Button variant="subtle" onClick={() => keep(isKept ? saved.filter((each) => each !== address) : [...saved, address])}>
          {t(isKept ? 'admin.search.forget' : 'admin.search.keep')}
        </Button>
      )}
      {saved.length > 0 && (
        <select
          className="choice"
          aria-label={t('admin.search.saved')}
          value={isKept ? address : ''}
          onChange={({ target }) => show(readFilter(target.value))}
        >
          <option value="" disabled>
            {t('admin.search.saved')}
          </option>
          {saved.map((each) => (
            <option key={each} value={each}>
              {describe(each)}
            </option>
          ))}
        </select>
      )}
    </>
  )
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : NOTHING
  } catch {
    return NOTHING
  }
}
