import { Button } from '@mantine/core'
import { memo, type Ref } from 'react'
import { Link } from 'wouter'
import type { Decision, ModeratedComment } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { AuthorFacts } from './author-facts.tsx'
import { CardText } from './card-text.tsx'
import { Editor } from './editor.tsx'
import type { Opened } from './queue-page.tsx'
import { Reasons } from './reasons.tsx'
import { useStandings } from './standing.ts'
import { Trouble } from './trouble.tsx'

export interface CardActions {
  decide: (comment: ModeratedComment, decision: Decision) => void
  /** Absent where there is nothing to select among. */
  toggle?: (id: string) => void
  open: (what: Opened) => void
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
  onEnter: (id: string) => void
  actions: CardActions
}

/** One comment, with all that is needed to decide in a second. Not made anew while one scrolls. */
export const Card = memo(function Card({
  ref,
  index,
  total,
  offset,
  comment,
  isCurrent,
  isSelected = false,
  opened,
  onEnter,
  actions,
}: Props) {
  const { t } = useSpeech()
  const trouble = useStandings().get(comment.id)?.trouble
  const { id, author, thread, createdAt } = comment
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
      onFocus={() => onEnter(id)}
      onPointerDown={() => onEnter(id)}
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

/** The buttons of a card: decisions that change something first, and big enough for thumbs on phones. */
function CardButtons({ comment, actions }: { comment: ModeratedComment; actions: CardActions }) {
  const { t } = useSpeech()
  const offered = DECISIONS.filter((decision) => comment.edit || LEADS_TO[decision] !== comment.status)
  return (
    <footer>
      {offered.map((decision) => (
        <Button
          key={decision}
          size="sm"
          variant={decision === 'approve' ? 'filled' : 'default'}
          className={decision}
          aria-keyshortcuts={decision[0]}
          onClick={() => actions.decide(comment, decision)}
        >
          {t(`admin.do.${decision}`)}
        </Button>
      ))}
      <span className="gap" />
      <Button size="sm" variant="subtle" aria-keyshortcuts="e" onClick={() => actions.open({ id: comment.id, what: 'edit' })}>
        {t('embed.edit')}
      </Button>
      <Button size="sm" variant="subtle" aria-keyshortcuts="m" onClick={() => actions.open({ id: comment.id, what: 'reply' })}>
        {t('comment.reply')}
      </Button>
      {actions.toggle && (
        <Button size="sm" variant="subtle" component={Link} href={`/comments/${comment.id}`} aria-keyshortcuts="o">
          {t('admin.do.details')}
        </Button>
      )}
    </footer>
  )
}

const DECISIONS = ['approve', 'reject', 'spam', 'hold'] as const
const LEADS_TO = { approve: 'approved', reject: 'rejected', spam: 'spam', hold: 'pending' } as const
