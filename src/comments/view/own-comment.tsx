import { SanitisedHtml, Timestamp } from '../../http/page-parts.tsx'
import type { Speech } from '../../locales/index.ts'
import { Byline } from './comment-list.tsx'

/** The comment that this visitor has just sent. */
export interface OwnComment {
  status: 'pending' | 'approved'
  /** Where a published one is in the thread. */
  id?: string | undefined
  name: string
  html: string
  createdAt: string
  parentId: string | null
}

export interface OwnCommentProps {
  speech: Speech
  comment: OwnComment
  /** The name of the comment it replies to, when that is known. */
  parentName?: string | undefined
}

/** The id of the note, for a link or redirect to it. */
export const OWN_COMMENT_ID = 'your-comment'

/** Tells the visitor what became of the comment; one that waits is shown, to its author alone. */
export function OwnComment({ speech, comment, parentName }: OwnCommentProps) {
  const { t } = speech
  if (comment.status === 'approved') {
    return (
      <div class="notice" id={OWN_COMMENT_ID} role="status">
        <p>
          {t('own.approved')} {comment.id && <a href={`#comment-${comment.id}`}>{t('own.see')}</a>}
        </p>
      </div>
    )
  }
  return (
    <section class="own" id={OWN_COMMENT_ID} aria-label={t('own.title')}>
      <p class="notice" role="status">
        {t('own.pending')}
      </p>
      <Byline author={{ name: comment.name }}>
        <Timestamp at={comment.createdAt} speech={speech} />
        {parentName && <> · {t('own.inReplyTo', { name: parentName })}</>}
      </Byline>
      <SanitisedHtml html={comment.html} />
    </section>
  )
}
