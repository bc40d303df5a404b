import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type RefObject, useState } from 'react'
import { useSpeech } from '../speech/speech.tsx'
import { type Filter, isSearch, searchFields, type SearchField } from '../../../moderation/page-filter.ts'
import { SavedFilters } from './saved-filters.tsx'
import { UndoMinutes } from './undo-minutes.tsx'
import { typedIn } from '../parts/typed.ts'

interface Props {
  filter: Filter
  show: (filter: Filter) => void
  field: RefObject<HTMLInputElement | null>
  sites: { key: string; name: string }[]
  onHelp: () => void
  onUndoMinutes: (minutes: number) => Promise<void>
}

const MORE = ['author', 'url', 'network', 'since', 'until'] as const

/** Search in text and names, and by address, network, article and day; what is set stands in the page's address. */
export function SearchBar({ filter, show, field, sites, onHelp, onUndoMinutes }: Props) {
  const { t } = useSpeech()
  const [isWide, setWide] = useState(MORE.some((name) => filter[name]))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = typedIn(event.currentTarget)
    const values = searchFields.map((name) => [name, typed(name).trim()])
    show({ ...(Object.fromEntries(values) as Partial<Record<SearchField, string>>), tab: filter.tab })
  }
  return (
    <form role="search" className="search" onSubmit={submit}>
      <div className="line">
        <TextInput
          ref={field}
          name="q"
          type="search"
          className="words"
          aria-label={t('admin.search.words')}
          placeholder={t('admin.search.words')}
          defaultValue={filter.q ?? ''}
          onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
        />
        {sites.length > 1 && (
          <select
            name="site"
            className="choice"
            aria-label={t('admin.search.site')}
            defaultValue={filter.site ?? ''}
            onChange={({ target }) => target.form?.requestSubmit()}
          >
            <option value="">{t('admin.search.allSites')}</option>
            {sites.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
        <Button type="submit" variant="default">
          {t('admin.search.go')}
        </Button>
        <Button variant="subtle" aria-expanded={isWide} onClick={() => setWide(!isWide)}>
          {t('admin.search.more')}
        </Button>
        {isSearch(filter) && (
          <Button variant="subtle" onClick={() => show({ tab: filter.tab })}>
            {t('admin.search.clear')}
          </Button>
        )}
        <SavedFilters filter={filter} show={show} />
        <UndoMinutes onSure={onUndoMinutes} />
        <Button variant="subtle" className="keys" aria-keyshortcuts="?" onClick={onHelp}>
          {t('admin.help.title')}
        </Button>
      </div>
      {isWide && (
        <div className="more">
          {MORE.map((name) => (
            <TextInput
              key={name}
              name={name}
              size="xs"
              type={name === 'since' || name === 'until' ? 'date' : 'text'}
              label={t(`admin.search.${name}`)}
              defaultValue={filter[name] ?? ''}
            />
          ))}
        </div>
      )}
    </form>
  )
}
