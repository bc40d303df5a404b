import { memo, type Ref } from 'react'
import { Link } from 'wouter'
import type { Decision, ModeratedComment } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { AuthorFacts } from './author-facts.tsx'
import { CardButtons, offeredFor } from './card-buttons.tsx'
import { CardText } from './card-text.tsx'
import { Editor } from './editor.tsx'
import type { Opened } from './queue-page.tsx'
import { Reasons } from './reasons.tsx'
import { useCardState } from './card-state.ts'
import { Trouble } from './card-problem.tsx'
import { useSwipe } from './use-swipe.ts'

export interface CardActions {
  decide: (comment: ModeratedComment, decision: Decision) => void
  /** Absent where there is nothing to select among. */
  toggle?: (id: string) => void
  open: (what: Opened) => void
  /** Puts the cursor on it. */
  enter?: (id: string) => void
}

interface Props {
  ref?: Ref<HTMLElement>
  index: number
  total: number
  /** Pixels from the top of the list. */
  offset?: number
  comment: ModeratedComment
  isCurrent: boolean
  isSelected?: boolean
  opened: 'edit' | 'reply' | null
  actions: CardActions
}

/** One comment, with all that is needed to decide in a second. Not made anew while one scrolls. */
export const Card = memo(function Card({ ref, index, total, offset, comment, isCurrent, isSelected = false, opened, actions }: Props) {
  const { t } = useSpeech()
  const trouble = useCardState(comment.id)?.trouble
  const { id, author, thread, createdAt } = comment
  const swipe = useSwipe({
    offered: opened ? [] : offeredFor(comment),
    onDecide: (decision) => actions.decide(comment, decision),
  })
  return (
    <article
      ref={ref}
      data-index={index}
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      className="card"
      style={offset === undefined ? undefined : { transform: `translateY(${offset}px)` }}
      tabIndex={-1}
      aria-posinset={offset === undefined ? undefined : index + 1}
      aria-setsize={offset === undefined ? undefined : total}
      aria-labelledby={`by-${id}`}
      data-approve={t('admin.do.approve')}
      data-reject={t('admin.do.reject')}
      {...swipe}
      onFocus={() => actions.enter?.(id)}
      onPointerDown={(event) => {
        actions.enter?.(id)
        swipe.onPointerDown(event)
      }}
    >
      <header>
        {actions.toggle && (
          <label className="pick">
            <input
              type="checkbox"
              checked={isSelected}
              onChange={() => actions.toggle?.(id)}
              aria-label={t('admin.card.select', { name: author.name })}
            />
          </label>
        )}
        <h2 id={`by-${id}`}>
          <bdi>{author.name}</bdi>
        </h2>
        <span className={`status ${comment.status}`}>{t(`admin.status.${comment.edit ? 'edit' : comment.status}`)}</span>
        <Link href={`/comments/${id}`} className="when">
          <Moment at={createdAt} />
        </Link>
        <p className="article">
          <a href={thread.url} target="_blank" rel="noreferrer">
            <bdi>{thread.title ?? thread.url}</bdi>
          </a>
        </p>
      </header>
      {trouble && <Trouble trouble={trouble} />}
      <div className="columns">
        <div className="left">
          <CardText comment={comment} />
          {!opened && <CardButtons comment={comment} actions={actions} />}
        </div>
        <div className="aside">
          <Reasons comment={comment} />
          <AuthorFacts comment={comment} />
        </div>
      </div>
      {opened && <Editor comment={comment} what={opened} onClose={() => actions.open(null)} />}
    </article>
  )
})
