import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { exactIn } from '../../embed/numbers.ts'
import { ask } from '../api/ask.ts'
import type { Session } from '../api/types.ts'
import { Failed, Loaded } from '../parts/states.tsx'
import { Moment } from '../parts/moment.tsx'
import { useSpeech } from '../speech/speech.tsx'

const PATH = '/api/v1/me/sessions'

/** Where one is signed in, each of which can be ended. */
export function Sessions() {
  const { t, locale } = useSpeech()
  const found = useQuery({ queryKey: ['sessions'], queryFn: () => ask<{ sessions: Session[] }>('GET', PATH) })
  const end = useMutation({ mutationFn: (id: string) => ask('DELETE', `${PATH}${id && `/${id}`}`), onSuccess: () => found.refetch() })
  return (
    <section className="panel">
      <h2>{t('admin.account.sessions')}</h2>
      {end.error && <Failed error={end.error} />}
      <Loaded of={found}>
        {({ sessions }) => (
          <>
            <ul className="lines">
              {sessions.map(({ id, createdAt, lastUsedAt, current }) => (
                <li key={id} className="row">
                  <span className="wide">
                    {exactIn(locale, createdAt)}
                    <p className="hint">{current ? t('admin.account.thisOne') : <Moment at={lastUsedAt} />}</p>
                  </span>
                  {!current && (
                    <Button variant="default" onClick={() => end.mutate(id)}>
                      {t('admin.account.end')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {sessions.length > 1 && (
              <Button variant="default" onClick={() => end.mutate('')}>
                {t('admin.account.endOthers')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
