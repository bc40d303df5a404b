import { ErrorSummary } from '../../http/form-parts.tsx'
import { WebLink } from '../../http/page-parts.tsx'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Speech, Translate } from '../../locales/index.ts'
import type { ReplyProblem } from '../reply-problems.ts'
import { ReplyForm, type ReplyFormProps, replyFieldId } from './reply-form.tsx'

export interface ReplyErrorPageProps extends Pick<Speech, 't' | 'locale'> {
  siteName: string
  problem: ReplyProblem
  /** How long the visitor should wait, when that is known. */
  retryAfterSeconds?: number | undefined
  /** The form as it was sent: everything typed is kept. Its errors belong to the problem `invalid`. */
  form: Omit<ReplyFormProps, 't'>
}

/** The form again, with what is wrong above it. */
export function replyErrorPage({ t, locale, siteName, problem, retryAfterSeconds, form }: ReplyErrorPageProps): string {
  const title = t('problem.title')
  return renderSmallPage({
    locale,
    siteName,
    title,
    children: (
      <>
        <ErrorSummary message={explain({ t, problem, retryAfterSeconds })} errors={form.errors ?? []} idOf={replyFieldId} />
        <p>{t('problem.kept')}</p>
        <p class="meta">
          <WebLink href={form.articleUrl} rel="noopener">
            {t('thread.back')}
          </WebLink>
        </p>
        <ReplyForm {...form} t={t} />
      </>
    ),
  })
}

function explain({ t, problem, retryAfterSeconds }: { t: Translate; problem: ReplyProblem; retryAfterSeconds: number | undefined }) {
  if (problem === 'flood' && retryAfterSeconds) return t('problem.floodFor', { count: retryAfterSeconds })
  if (problem === 'origin') return t('problem.originPage') // this page is ours: from here it can be sent
  return t(`problem.${problem}`)
}
