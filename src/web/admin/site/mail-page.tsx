import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearch } from 'wouter'
import { query } from '../../../http/query-string.ts'
import { KEPT_DAYS } from '../../../notifications/kept-days.ts'
import { ask } from '../api/ask.ts'
import type { LedgerMail, Paged } from '../api/types.ts'
import { mailKind } from '../parts/mail-kind.ts'
import { MailLine } from '../parts/mail-line.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { useRole } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { MailPreviews } from './mail-previews.tsx'

const STATES = ['queued', 'sending', 'sent', 'failed', 'suppressed'] as const satisfies LedgerMail['state'][]
const PAGE = 50

/** The delivery ledger of a site. Its filters stand in the address, under the API's names. */
export default function MailPage({ site }: { site: string }) {
  const { t } = useSpeech()
  const isOwner = useRole(site) === 'owner'
  const path = `/api/v1/sites/${site}/mail`
  const [, navigate] = useLocation()
  const values = new URLSearchParams(useSearch())
  const filter = { state: values.get('state') ?? '', kind: values.get('kind') ?? '' }
  const choose = (change: Partial<typeof filter>) => navigate(`/sites/${site}/mail${query({ ...filter, ...change })}`, { replace: true })

  const kinds = useQuery({ queryKey: ['mail-kinds', site], queryFn: () => ask<{ kinds: string[] }>('GET', `${path}/previews`) })
  const list = useInfiniteQuery({
    queryKey: ['mail', site, filter],
    queryFn: ({ pageParam }) => ask<Paged<'mails', LedgerMail>>('GET', path + query({ ...filter, cursor: pageParam, limit: PAGE })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  const resend = useMutation({ mutationFn: (id: string) => ask('POST', `${path}/${id}/resend`), onSettled: () => list.refetch() })
  const mails = list.data?.pages.flatMap((each) => each.mails)

  return (
    <>
      <div className="row">
        <select
          className="choice"
          aria-label={t('admin.mail.state')}
          value={filter.state}
          onChange={({ target }) => choose({ state: target.value })}
        >
          <option value="">{t('admin.mail.any')}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`admin.mail.state.${state}`)}
            </option>
          ))}
        </select>
        <select
          className="choice"
          aria-label={t('admin.mail.kind')}
          value={filter.kind}
          onChange={({ target }) => choose({ kind: target.value })}
        >
          <option value="">{t('admin.mail.anyKind')}</option>
          {kinds.data?.kinds.map((kind) => (
            <option key={kind} value={kind}>
              {mailKind(t, kind)}
            </option>
          ))}
        </select>
      </div>
      {resend.error && <Failed error={resend.error} />}
      {list.error && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {mails?.length === 0 && <p className="hint">{t('admin.none')}</p>}
      <ul className="lines">
        {mails?.map((mail) => (
          <li key={mail.id} className="row">
            <div style={{ flex: '1 1 14rem' }}>
              <MailLine mail={mail} /> {mail.comment && <Link href={`/comments/${mail.comment}`}>{t('admin.comment.title')}</Link>}
            </div>
            {isOwner && mail.state !== 'sending' && !mail.resentAs && (
              <Button variant="default" loading={resend.isPending && resend.variables === mail.id} onClick={() => resend.mutate(mail.id)}>
                {t(mail.state === 'queued' ? 'admin.mail.now' : 'embed.sendAgain')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('admin.mail.more')}
        </Button>
      )}
      <p className="hint">{t('admin.mail.kept', { n: KEPT_DAYS })}</p>
      {kinds.data && <MailPreviews path={path} kinds={kinds.data.kinds} />}
    </>
  )
}
