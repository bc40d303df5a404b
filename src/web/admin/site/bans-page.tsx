import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { exactIn } from '../../embed/numbers.ts'
import { ask } from '../api/ask.ts'
import type { Ban, Paged } from '../api/types.ts'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** Who may not write here at present, and a way to let them again. */
export function BansPage({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const path = `/api/v1/sites/${site}/bans`
  const found = useQuery({ queryKey: ['bans', site], queryFn: () => ask<Paged<'bans', Ban>>('GET', `${path}?active=true&limit=100`) })
  const lift = useMutation({ mutationFn: (id: string) => ask('DELETE', `${path}/${id}`), onSuccess: () => found.refetch() })
  return (
    <Loaded of={found}>
      {({ bans }) => (
        <>
          {lift.error && <Failed error={lift.error} />}
          {bans.length === 0 && <p className="hint">{t('admin.none')}</p>}
          <ul className="lines">
            {bans.map(({ id, what, comment, reason, by, until }) => (
              <li key={id} className="row">
                <span style={{ flex: '1 1 14rem' }}>
                  {comment && (
                    <Link href={`/comments/${comment.id}`}>
                      <bdi>{comment.author}</bdi>
                    </Link>
                  )}{' '}
                  · {t(what === 'email' ? 'form.email' : 'mail.network')} · {until ? exactIn(locale, until) : t('admin.ban.ever')} ·{' '}
                  <bdi>{by}</bdi>
                  {reason && <p className="hint">{reason}</p>}
                </span>
                <Button variant="default" onClick={() => lift.mutate(id)}>
                  {t('admin.ban.lift')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  )
}
