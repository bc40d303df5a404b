import { Link } from 'wouter'
import type { ModeratedComment } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { writeFilter } from '../../../moderation/page-filter.ts'

const STATUSES = ['approved', 'pending', 'rejected', 'spam'] as const

/** Who wrote it: address, network, website, and how their comments on this site stand. Address and network lead to all of theirs. */
export function AuthorFacts({ comment }: { comment: ModeratedComment }) {
  const { t } = useSpeech()
  const { author, authorRecord, ip, id, site } = comment
  return (
    <dl className="facts">
      <dt>{t('form.email')}</dt>
      <dd>
        {author.email && !author.email.includes('*') ? (
          <Link href={`/${writeFilter({ tab: 'all', author: author.email, site })}`}>
            <bdi dir="ltr">{author.email}</bdi>
          </Link>
        ) : (
          <bdi dir="ltr">{author.email ?? t('comment.moderator')}</bdi>
        )}
      </dd>
      {author.website && (
        <>
          <dt>{t('form.website')}</dt>
          <dd>
            <bdi dir="ltr">{author.website}</bdi>
          </dd>
        </>
      )}
      {ip && (
        <>
          <dt>{t('mail.network')}</dt>
          <dd>
            <Link href={`/${writeFilter({ tab: 'all', network: id, site })}`}>
              <bdi dir="ltr">{ip}</bdi>
            </Link>
          </dd>
        </>
      )}
      {authorRecord && (
        <>
          <dt>{t('admin.card.record')}</dt>
          <dd>
            {STATUSES.filter((status) => authorRecord[status] > 0)
              .map((status) => `${t(`admin.status.${status}`)} ${authorRecord[status]}`)
              .join(' · ')}
          </dd>
        </>
      )}
    </dl>
  )
}
