import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { CommentList, type RemovedComment, type ShownComment } from '../../comments/view/comment-list.tsx'
import { ICON } from '../../http/page.tsx'
import { isWebAddress, Masthead, readableAddress, Timestamp } from '../../http/page-parts.tsx'
import { direction, type Speech, translator } from '../../locales/index.ts'
import type { ExportedSite } from '../format.ts'

/** A comment as the archive has it: that of the public answer, but for the picture, which is the server's. */
export type ArchivedComment = (Omit<ShownComment, 'author'> & { author: { name: string; website: string | null } }) | RemovedComment

export interface ArchivedThread {
  id: string
  url: string
  title: string | null
  createdAt: string
}

// Nothing runs and nothing is fetched but the style, from wherever the pages lie: opened from a disk, they have no 'self'.
const POLICY = "default-src 'none'; style-src * file:; img-src data:; form-action 'none'; base-uri 'none'"
/** The one element of this id; texts are escaped and cannot hold it. */
const LIST = '<div id="list"></div>'

/** The pages of an archive, each as what comes before its list and what comes behind. */
export function createArchivePages({ name, locale, timeZone, origin }: ExportedSite) {
  const speech: Speech = { t: translator(locale), locale, timeZone }
  const { t } = speech
  const page = ({
    title,
    home,
    style,
    children,
  }: {
    title: string
    home: string | undefined
    style: string
    children: ComponentChildren
  }) =>
    halves(
      <html lang={locale} dir={direction(locale)}>
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content={POLICY} />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          <title>{title}</title>
          <link rel="icon" href={ICON} />
          <link rel="stylesheet" href={style} />
        </head>
        <body>
          <Masthead name={name} href={home} />
          <main>
            {children}
            <div id="list" />
          </main>
        </body>
      </html>,
    )

  return {
    index: () =>
      page({
        title: `${t('thread.label')} · ${name}`,
        home: isWebAddress(origin ?? '') ? (origin ?? undefined) : undefined,
        style: 'style.css',
        children: <h1>{t('thread.label')}</h1>,
      }),

    indexEntry: (thread: ArchivedThread) =>
      renderToString(
        <p>
          <a href={`threads/${thread.id}.html`}>
            <bdi>{titleOf(thread)}</bdi>
          </a>
          <br />
          <span class="meta">
            <Timestamp at={thread.createdAt} speech={speech} /> · {readableAddress(thread.url)}
          </span>
        </p>,
      ),

    thread: (thread: ArchivedThread) =>
      page({
        title: t('thread.pageTitle', { title: titleOf(thread) }),
        home: '../index.html',
        style: '../style.css',
        children: (
          <>
            <p class="kicker">{t('thread.label')}</p>
            <h1>
              <bdi>{titleOf(thread)}</bdi>
            </h1>
            <p class="meta">
              {isWebAddress(thread.url) ? <a href={thread.url}>{readableAddress(thread.url)}</a> : readableAddress(thread.url)}
            </p>
          </>
        ),
      }),

    comments: (comments: ArchivedComment[]) =>
      renderToString(
        <CommentList
          speech={speech}
          comments={comments.map((comment) =>
            'removed' in comment ? comment : { ...comment, author: { ...comment.author, avatar: null } },
          )}
        />,
      ),
  }
}

const titleOf = ({ title, url }: ArchivedThread) => title ?? url

function halves(page: ComponentChildren): [string, string] {
  const [start = '', end = ''] = `<!doctype html>${renderToString(<>{page}</>)}`.split(LIST)
  return [start, end]
}
