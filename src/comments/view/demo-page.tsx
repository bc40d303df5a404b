import type { ComponentChildren } from 'preact'
import { renderPage } from '../../http/page.tsx'
import type { Speech } from '../../locales/index.ts'
import { CommentList, type PublicComment } from './comment-list.tsx'
import { DEMO_MOTTO, DEMO_NOTE, DEMO_SITE, DEMO_TITLE, DemoArticle } from './demo-article.tsx'
import { ReplyForm, type ReplyFormProps } from './reply-form.tsx'

export interface DemoPageProps extends Speech {
  /** The address of this page, as its thread is named. */
  articleUrl: string
  /** The page of the thread: its path and query, to which `&replyto=` can be added. */
  threadHref: string
  count: number
  comments: PublicComment[]
  form: Pick<ReplyFormProps, 'action' | 'idempotencyKey' | 'values' | 'mails'>
}

/** An article of a small newspaper with its comments and WordPress's form, as a site without JavaScript would have it. */
export function demoPage({ t, locale, timeZone, articleUrl, threadHref, count, comments, form }: DemoPageProps): string {
  const speech = { t, locale, timeZone }
  return demo({
    speech,
    children: (
      <>
        <section aria-labelledby="comments-title">
          <h2 id="comments-title">{count > 0 ? t('thread.count', { count }) : t('thread.label')}</h2>
          {comments.length > 0 ? (
            <CommentList
              speech={speech}
              comments={comments}
              replyHref={(id) => `${threadHref}&replyto=${encodeURIComponent(id)}#respond`}
            />
          ) : (
            <p class="soft">{t('thread.empty')}</p>
          )}
          <p class="soft">
            <a href={threadHref}>{count > 0 ? t('thread.see', { count }) : t('thread.page')}</a>
          </p>
        </section>
        <ReplyForm {...form} t={t} articleUrl={articleUrl} title={DEMO_TITLE} />
      </>
    ),
  })
}

export interface WidgetDemoPageProps extends Speech, Pick<DemoPageProps, 'articleUrl' | 'threadHref'> {
  /** The site's key. */
  site: string
}

/** The same article with the widget, as a site would put it in: one tag for the script and one for the place. */
export function widgetDemoPage({ t, locale, timeZone, site, articleUrl, threadHref }: WidgetDemoPageProps): string {
  return demo({
    speech: { t, locale, timeZone },
    children: (
      <section>
        <balas-comments>
          <p class="soft">
            <a href={threadHref}>{t('thread.page')}</a>
          </p>
        </balas-comments>
        <script src="/embed.js" data-site={site} data-url={articleUrl} data-title={DEMO_TITLE} defer />
      </section>
    ),
  })
}

function demo({ speech, children }: { speech: Speech; children: ComponentChildren }): string {
  return renderPage({
    locale: speech.locale,
    title: `${DEMO_TITLE} – ${DEMO_SITE}`,
    noindex: true,
    children: (
      <div class="news">
        <header class="masthead">
          <span>{DEMO_SITE}</span>
          <p class="meta">{DEMO_MOTTO}</p>
        </header>
        <main>
          <DemoArticle speech={speech} />
          {children}
        </main>
        <footer class="meta">{DEMO_NOTE}</footer>
      </div>
    ),
  })
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** The widget's element. */
      'balas-comments': { children: ComponentChildren }
    }
  }
}
