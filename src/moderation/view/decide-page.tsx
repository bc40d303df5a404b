import { Timestamp } from '../../http/page-parts.tsx'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Speech } from '../../locales/index.ts'
import { ArticleLink, CommentFacts, CommentText, type MailedComment } from './mailed-comment.tsx'

export type MailedAction = 'approve' | 'reject' | 'spam'

export type DecidePageState =
  /** The button decides; the links lead to the pages of the other actions. */
  | { state: 'ready'; action: MailedAction; comment: MailedComment; others: { action: MailedAction; href: string }[] }
  /** This very request decided. */
  | { state: 'done'; action: MailedAction; article: MailedComment['article'] }
  /** Somebody decided before. */
  | {
      state: 'decided'
      status: 'approved' | 'rejected' | 'spam' | 'pending' | 'removed'
      by: string
      at: string
      article: MailedComment['article']
    }
  /** The comment is no longer the one that the mail showed. */
  | { state: 'changed' }
  /** Unknown, expired, or not whole. */
  | { state: 'invalid' }

export type DecidePageProps = Speech & { siteName: string } & DecidePageState

/** The page behind a link in a moderation mail. Showing it changes nothing; its one button posts to its own address. */
export function decidePage({ siteName, t, locale, timeZone, ...page }: DecidePageProps): string {
  const speech = { t, locale, timeZone }
  const { title, content } = show(page, speech)
  return renderSmallPage({ locale, siteName, title, children: content })
}

function show(page: DecidePageState, speech: Speech) {
  const { t } = speech
  switch (page.state) {
    case 'ready':
      return { title: t(`decide.title.${page.action}`), content: <Ready page={page} speech={speech} /> }
    case 'done':
      return { title: t(`decide.done.${page.action}`), content: <Done page={page} speech={speech} /> }
    case 'decided':
      return { title: t('decide.already'), content: <Decided page={page} speech={speech} /> }
    case 'changed':
      return { title: t('decide.changed'), content: <p class="lead">{t('decide.changedText')}</p> }
    case 'invalid':
      return { title: t('decide.invalid'), content: <p class="lead">{t('decide.invalidText')}</p> }
  }
}

interface PartProps<State extends DecidePageState['state']> {
  page: Extract<DecidePageState, { state: State }>
  speech: Speech
}

function Ready({ page: { action, comment, others }, speech }: PartProps<'ready'>) {
  const { t } = speech
  return (
    <>
      <p class="lead">{t(`decide.effect.${action}`)}</p>
      <CommentText comment={comment} t={t} />
      <form method="post">
        <button class={`big ${action}`} type="submit">
          {t(`decide.button.${action}`)}
        </button>
      </form>
      <nav aria-label={t('decide.other')}>
        <ul class="row" role="list">
          {others.map((other) => (
            <li key={other.action}>
              <a href={other.href}>{t(`decide.other.${other.action}`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <CommentFacts comment={comment} speech={speech} />
    </>
  )
}

function Done({ page: { action, article }, speech: { t } }: PartProps<'done'>) {
  return (
    <>
      <div class="notice" role="status">
        <p>
          {t(`decide.doneText.${action}`)} {t('decide.close')}
        </p>
      </div>
      <p>
        {t('decide.article')}: <ArticleLink article={article} />
      </p>
    </>
  )
}

function Decided({ page: { status, by, at, article }, speech }: PartProps<'decided'>) {
  const { t } = speech
  return (
    <dl class="facts">
      <dt>{t('decide.decision')}</dt>
      <dd>
        <strong>{t(`decide.status.${status}`)}</strong>
      </dd>
      <dt>{t('decide.by')}</dt>
      <dd>
        <bdi>{by}</bdi>
      </dd>
      <dt>{t('decide.when')}</dt>
      <dd>
        <Timestamp at={at} speech={speech} />
      </dd>
      <dt>{t('decide.article')}</dt>
      <dd>
        <ArticleLink article={article} />
      </dd>
    </dl>
  )
}
