import type { ComponentChildren } from 'preact'
import { SanitisedHtml, Timestamp, WebLink } from '../../http/page-parts.tsx'
import type { Speech } from '../../locales/index.ts'
import { Avatar } from './avatar.tsx'

/** A comment of the public thread answer. */
export interface ShownComment {
  id: string
  parentId: string | null
  depth: number
  author: { name: string; website: string | null; avatar: string | null }
  html: string
  createdAt: string
  editedAt: string | null
  byModerator?: boolean | undefined
}

/** The place of one that is no longer public but has public replies. */
export interface RemovedComment {
  id: string
  parentId: string | null
  depth: number
  removed: true
}

export type PublicComment = ShownComment | RemovedComment

export interface CommentListProps {
  speech: Speech
  /** In display order: each root followed by its replies. */
  comments: PublicComment[]
  /** Where the form for a reply to this comment is; without it no reply is offered. */
  replyHref?: ((id: string) => string) | undefined
}

/** The comments as nested lists. */
export function CommentList({ speech, comments, replyHref }: CommentListProps) {
  return <Level nodes={nest(comments)} speech={speech} replyHref={replyHref} name="comments" />
}

interface Node {
  comment: PublicComment
  replies: Node[]
}

/** Goes by depth rather than by parent: a page of a long thread may begin below a parent that it does not show. */
function nest(comments: PublicComment[]): Node[] {
  const roots: Node[] = []
  const ancestors: Node[] = []
  for (const comment of comments) {
    while ((ancestors.at(-1)?.comment.depth ?? -1) >= comment.depth) ancestors.pop()
    const node = { comment, replies: [] }
    const siblings = ancestors.at(-1)?.replies ?? roots
    siblings.push(node)
    ancestors.push(node)
  }
  return roots
}

type LevelProps = Omit<CommentListProps, 'comments'> & { nodes: Node[]; name: 'comments' | 'replies' }

/** The role keeps Safari from dropping the list along with its bullets. */
function Level({ nodes, name, speech, replyHref }: LevelProps) {
  return (
    <ol class={name} role="list">
      {nodes.map(({ comment, replies }) => (
        <li key={comment.id}>
          {'removed' in comment ? (
            <p class="removed comment" id={`comment-${comment.id}`}>
              {speech.t('comment.removed')}
            </p>
          ) : (
            <Comment comment={comment} speech={speech} replyHref={replyHref?.(comment.id)} />
          )}
          {replies.length > 0 && <Level nodes={replies} name="replies" speech={speech} replyHref={replyHref} />}
        </li>
      ))}
    </ol>
  )
}

function Comment({ comment, speech, replyHref }: { comment: ShownComment; speech: Speech; replyHref: string | undefined }) {
  const { t } = speech
  const anchor = `comment-${comment.id}`
  return (
    <article class="comment" id={anchor} aria-labelledby={`${anchor}-by`}>
      <Byline id={`${anchor}-by`} author={comment.author} mark={comment.byModerator ? t('comment.moderator') : undefined}>
        <a href={`#${anchor}`}>
          <Timestamp at={comment.createdAt} speech={speech} />
        </a>
        {comment.editedAt && (
          <>
            {' · '}
            <time datetime={comment.editedAt}>{t('comment.edited')}</time>
          </>
        )}
      </Byline>
      <SanitisedHtml html={comment.html} />
      {replyHref && (
        <a class="answer" href={replyHref} rel="nofollow" aria-label={t('comment.replyTo', { name: comment.author.name })}>
          {t('comment.reply')}
        </a>
      )}
    </article>
  )
}

export interface BylineProps {
  id?: string
  author: { name: string; website?: string | null; avatar?: string | null }
  mark?: string | undefined
  /** The line below the name: when, and what else there is to say. */
  children: ComponentChildren
}

/** Who wrote a comment, and when. */
export function Byline({ id, author, mark, children }: BylineProps) {
  return (
    <header class="by">
      <Avatar name={author.name} src={author.avatar ?? null} />
      <div>
        <h3 id={id}>
          <WebLink href={author.website ?? ''} rel="nofollow ugc noopener">
            <bdi>{author.name}</bdi>
          </WebLink>
          {mark && <span class="badge">{mark}</span>}
        </h3>
        <p class="meta">{children}</p>
      </div>
    </header>
  )
}
