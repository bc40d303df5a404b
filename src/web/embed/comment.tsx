import { useState } from 'preact/hooks'
import type { PublicComment } from './api.ts'
import { useWidget } from './context.ts'
import type { OwnComment } from './kept.ts'
import type { Branch } from './nest.ts'
import { OwnActions } from './own-comment.tsx'
import { Action, Prose, useFocusBack, When } from './parts.tsx'
import { ReplyForm } from './reply-form.tsx'
import { linkTo } from './place.ts'
import { Report } from './report.tsx'
import type { useReply } from './use-reply.ts'

export interface CommentsProps {
  branches: Branch[]
  isOpen: boolean
  /** Those that came while the page was open. */
  fresh: ReadonlySet<string>
  /** This browser's own. */
  ownOf: (id: string) => OwnComment | undefined
  onSent: Parameters<typeof useReply>[0]['onSent']
  onOwnChanged: (gone?: string) => void
}

/** Comments with their replies, as nested lists. The role keeps Safari from dropping a list along with its bullets. */
export function Comments({ branches, ...rest }: CommentsProps) {
  return (
    <ol role="list">
      {branches.map((branch) => (
        <li key={branch.id}>
          <Entry branch={branch} {...rest} />
          {branch.replies.length > 0 && <Comments branches={branch.replies} {...rest} />}
        </li>
      ))}
    </ol>
  )
}

function Entry({ branch: { comment, own, id }, ...rest }: Omit<CommentsProps, 'branches'> & { branch: Branch }) {
  const { t, kept } = useWidget()
  if (own) return <Waiting own={own} onOwnChanged={rest.onOwnChanged} />
  if (comment && !('removed' in comment)) return <Comment comment={comment} {...rest} />
  return (
    <>
      <p class="removed" id={`comment-${id}`} data-comment={id} tabIndex={-1} part="removed">
        {t('comment.removed')}
      </p>
      {kept.draft(id) && (
        <>
          <p class="note">{t('problem.parent')}</p>
          <ReplyForm slot={id} onSent={rest.onSent} />
        </>
      )}
    </>
  )
}

function Comment({ comment, isOpen, fresh, ownOf, onSent, onOwnChanged }: Omit<CommentsProps, 'branches'> & { comment: PublicComment }) {
  const { t, kept } = useWidget()
  const [hadDraft] = useState(() => kept.draft(comment.id) !== null)
  const [isAnswering, setAnswering] = useState(hadDraft)
  const button = useFocusBack(isAnswering)
  const { id, author } = comment
  const own = ownOf(id)
  return (
    <article class="comment" id={`comment-${id}`} data-comment={id} part="comment" tabIndex={-1} aria-labelledby={`by-${id}`}>
      <Byline comment={comment} isPublic>
        {comment.byModerator && <Badge>{t('comment.moderator')}</Badge>}
        {own && <Badge>{t('embed.you')}</Badge>}
        {!own && fresh.has(id) && <Badge>{t('embed.new')}</Badge>}
      </Byline>
      <Prose html={comment.html} />
      {own?.revising && <p class="note">{t('embed.revising')}</p>}
      <div class="actions">
        {isOpen && !isAnswering && (
          <Action ref={button} aria-label={t('comment.replyTo', { name: author.name })} onClick={() => setAnswering(true)}>
            {t('comment.reply')}
          </Action>
        )}
        {own ? <OwnActions own={own} onChanged={onOwnChanged} /> : <Report id={id} name={author.name} />}
      </div>
      {isAnswering && (
        <ReplyForm
          parent={{ id, name: author.name }}
          autofocus={!hadDraft} // after a reload nobody has asked for it
          onCancel={() => {
            kept.setDraft(id, '')
            kept.setAttempt(id, null)
            setAnswering(false)
          }}
          onSent={(answer, fields) => {
            setAnswering(false)
            onSent(answer, fields)
          }}
        />
      )}
    </article>
  )
}

/** One that waits for a moderator: its author sees it, nobody else. */
function Waiting({ own, onOwnChanged }: { own: OwnComment } & Pick<CommentsProps, 'onOwnChanged'>) {
  const { t } = useWidget()
  return (
    <article class="comment waiting" data-comment={own.id} part="comment waiting" tabIndex={-1} aria-labelledby={`by-${own.id}`}>
      <Byline comment={own}>
        <Badge>{t('embed.pending')}</Badge>
      </Byline>
      <Prose html={own.html} />
      <p class="note">{t('own.pending')}</p>
      <div class="actions">
        <OwnActions own={own} onChanged={onOwnChanged} />
      </div>
    </article>
  )
}

function Byline({
  comment: { id, author, createdAt, ...rest },
  isPublic = false,
  children,
}: {
  comment: Pick<PublicComment, 'id' | 'author' | 'createdAt'> & { editedAt?: string | null }
  isPublic?: boolean
  children: preact.ComponentChildren
}) {
  const { api, t, locale } = useWidget()
  const isLink = author.website !== null && /^https?:\/\//i.test(author.website)
  return (
    <header class="by">
      <img src={api.pictureUrl(author.avatar)} alt="" width={40} height={40} loading="lazy" part="avatar" />
      <div>
        <h3 id={`by-${id}`} part="name">
          {isLink ? (
            <a href={author.website ?? ''} rel="nofollow ugc noopener" target="_blank">
              <bdi>{author.name}</bdi>
            </a>
          ) : (
            <bdi>{author.name}</bdi>
          )}
          {children}
        </h3>
        <p class="meta" lang={locale}>
          {isPublic ? (
            <a href={linkTo(id)} title={t('embed.permalink')}>
              <When at={createdAt} />
            </a>
          ) : (
            <When at={createdAt} />
          )}
          {rest.editedAt && ` · ${t('comment.edited')}`}
        </p>
      </div>
    </header>
  )
}

const Badge = ({ children }: { children: preact.ComponentChildren }) => (
  <span class="badge" part="badge">
    {children}
  </span>
)
