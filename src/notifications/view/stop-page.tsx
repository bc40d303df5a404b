import { renderSmallPage } from '../../http/small-page.tsx'
import type { Translate } from '../../locales/index.ts'

export type StopPageState =
  /** The button stops them; or they are stopped, or on again, and the button is the way back. */
  | { state: 'ready' | 'done' | 'again'; what: 'heldComments' | 'weeklySummary' | 'deliveryFailing' }
  /** Unknown or not whole, or its member is none any more. */
  | { state: 'invalid' }

export type StopPageProps = { t: Translate; locale: string; siteName: string } & StopPageState

const WHAT = { heldComments: 'notice.off.held', weeklySummary: 'notice.off.weekly', deliveryFailing: 'notice.off.failing' } as const
const TITLE = { ready: 'notice.off.title', done: 'notice.off.done', again: 'notice.off.backDone', invalid: 'decide.invalid' } as const

/** The page behind the link that stops a kind of mail. Showing it changes nothing; its one button posts to it. */
export function stopPage({ t, locale, siteName, ...page }: StopPageProps): string {
  const title = t(TITLE[page.state])
  return renderSmallPage({
    locale,
    siteName,
    title,
    children:
      page.state === 'invalid' ? (
        <p class="lead">{t('notice.off.invalidText')}</p>
      ) : (
        <>
          <p class="lead">{t(WHAT[page.what], { site: siteName })}</p>
          <p>{t(page.state === 'done' ? 'notice.off.doneText' : 'notice.off.rest')}</p>
          <form method="post" action={page.state === 'done' ? '?again=yes' : '?'}>
            <button class="big" type="submit">
              {t(page.state === 'done' ? 'notice.off.back' : 'notice.stop')}
            </button>
          </form>
        </>
      ),
  })
}
