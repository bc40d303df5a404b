import { Link } from 'wouter'
import type { CommentPage } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { MailLine } from '../parts/mail-line.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** What it answers, and what stands beside it. */
export function ThreadContext({ context: { parent, siblings } }: Pick<CommentPage, 'context'>) {
  const { t } = useSpeech()
  const near = [...(parent ? [{ ...parent, isParent: true }] : []), ...siblings.map((each) => ({ ...each, isParent: false }))]
  if (near.length === 0) return null
  return (
    <section>
      <h2>{t('admin.comment.context')}</h2>
      <ul className="lines">
        {near.map(({ id, author, text, createdAt, isParent }) => (
          <li key={id}>
            <Link href={`/comments/${id}`}>
              <bdi>{isParent ? t('own.inReplyTo', { name: author }) : author}</bdi>
            </Link>{' '}
            <span className="hint">
              <Moment at={createdAt} />
            </span>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What else the author wrote on the site. */
export function Others({ others }: Pick<CommentPage, 'others'>) {
  const { t } = useSpeech()
  return (
    <section>
      <h2>{t('admin.comment.others')}</h2>
      {others.length === 0 && <p className="hint">{t('admin.none')}</p>}
      <ul className="lines">
        {others.map(({ id, status, text, thread, createdAt }) => (
          <li key={id}>
            <span className={`status ${status}`}>{t(`admin.status.${status}`)}</span>{' '}
            <Link href={`/comments/${id}`}>
              <bdi>{thread.title ?? thread.url}</bdi>
            </Link>{' '}
            <span className="hint">
              <Moment at={createdAt} />
            </span>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The mails that it caused, and what became of them. */
export function Deliveries({ deliveries }: Pick<CommentPage, 'deliveries'>) {
  const { t } = useSpeech()
  return (
    <section>
      <h2>{t('admin.comment.mails')}</h2>
      {deliveries.length === 0 && <p className="hint">{t('admin.none')}</p>}
      <ul className="lines">
        {deliveries.map((mail) => (
          <li key={mail.id}>
            <MailLine mail={mail} />
          </li>
        ))}
      </ul>
    </section>
  )
}
