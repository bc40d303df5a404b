import { Masthead, WebLink, readableAddress } from '../../http/page-parts.tsx'
import { renderPage } from '../../http/page.tsx'
import type { Speech } from '../../locales/index.ts'
import { CommentList, type PublicComment } from './comment-list.tsx'
import { OwnComment } from './own-comment.tsx'
import { ReplyForm, type ReplyFormProps } from './reply-form.tsx'

/** The public answer about a thread. */
export interface PublicThread {
  url: string
  title: string | null
  open: boolean
  count: number
  comments: PublicComment[]
  nextCursor: string | null
}

export interface ThreadPageProps extends Speech {
  siteName: string
  /** The path of this page, without its query. */
  path: string
  thread: PublicThread
  /** The address of the thread's feed. */
  feed: string
  order?: 'oldest' | 'newest'
  /** The cursor that this page was asked with, when it is not the first. */
  cursor?: string | null
  form: Pick<ReplyFormProps, 'action' | 'idempotencyKey' | 'values' | 'parent' | 'mails'>
  /** Shown to this visitor alone: the page must then not be stored anywhere. */
  preview?: OwnComment | undefined
}

/** The page of a thread for readers without JavaScript: its comments and the form. */
export function threadPage({ preview, order = 'oldest', ...props }: ThreadPageProps): string {
  const { thread, form, t } = props
  const speech = { t, locale: props.locale, timeZone: props.timeZone }
  const parentName = preview?.parentId ? nameOf(thread.comments, preview.parentId) : undefined
  const links = threadLinks({ path: props.path, url: thread.url, order })
  return renderPage({
    locale: props.locale,
    title: [thread.title ? t('thread.pageTitle', { title: thread.title }) : t('thread.untitled'), props.siteName].join(' – '),
    noindex: preview !== undefined || form.parent !== undefined,
    feed: props.feed,
    children: (
      <>
        <Masthead name={props.siteName} />
        <main>
          <p class="kicker">{t('thread.label')}</p>
          <h1>{thread.title ?? t('thread.untitled')}</h1>
          <p class="meta">
            <WebLink href={thread.url} rel="noopener">
              {t('thread.back')}
            </WebLink>
            {' · '}
            {readableAddress(thread.url)}
          </p>
          <section aria-labelledby="comments-title">
            <h2 id="comments-title">{t('thread.count', { count: thread.count })}</h2>
            {preview && <OwnComment speech={speech} comment={preview} parentName={parentName} />}
            {thread.count > 1 && <Orders t={t} order={order} href={links.inOrder} />}
            {thread.count === 0 && !preview && <p class="soft">{t('thread.empty')}</p>}
            {thread.comments.length > 0 && (
              <CommentList speech={speech} comments={thread.comments} replyHref={thread.open ? links.reply : undefined} />
            )}
            <Pages
              t={t}
              order={order}
              first={props.cursor ? links.first() : undefined}
              next={thread.nextCursor && links.page(thread.nextCursor)}
            />
            <p class="meta">
              <a href={props.feed}>{t('embed.feed')}</a>
            </p>
          </section>
          {thread.open ? (
            <ReplyForm {...form} t={t} articleUrl={thread.url} title={thread.title} cancelHref={`${links.first()}#respond`} />
          ) : (
            <p class="notice">{t('thread.closed')}</p>
          )}
        </main>
      </>
    ),
  })
}

function nameOf(comments: PublicComment[], id: string): string | undefined {
  const found = comments.find((comment) => comment.id === id)
  return found && !('removed' in found) ? found.author.name : undefined
}

/** The addresses around a thread's page; they name the order only where it is not the usual one. */
function threadLinks({ path, url, order }: { path: string; url: string; order: string }) {
  const link = (more: Record<string, string>) => `${path}?${new URLSearchParams({ url, ...more })}`
  const sorted = (value: string): Record<string, string> => (value === 'newest' ? { order: value } : {})
  return {
    first: () => link(sorted(order)),
    inOrder: (value: string) => link(sorted(value)),
    page: (cursor: string) => link({ ...sorted(order), cursor }),
    reply: (id: string) => `${link({ replyto: id })}#respond`,
  }
}

interface OrdersProps extends Pick<Speech, 't'> {
  order: 'oldest' | 'newest'
  href: (order: string) => string
}

function Orders({ t, order, href }: OrdersProps) {
  return (
    <nav aria-label={t('thread.order')}>
      <ul class="row" role="list">
        {(['oldest', 'newest'] as const).map((value) => (
          <li key={value}>
            <a href={href(value)} rel="nofollow" aria-current={value === order ? 'true' : undefined}>
              {t(`thread.${value}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface PagesProps extends Pick<Speech, 't'> {
  order: 'oldest' | 'newest'
  first: string | undefined
  next: string | null
}

function Pages({ t, order, first, next }: PagesProps) {
  if (!first && !next) return null
  return (
    <nav aria-label={t('thread.paging')}>
      <ul class="row" role="list">
        {first && (
          <li>
            <a href={first}>{t('thread.first')}</a>
          </li>
        )}
        {next && (
          <li>
            <a href={next} rel="next">
              {t(order === 'newest' ? 'thread.older' : 'thread.newer')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
