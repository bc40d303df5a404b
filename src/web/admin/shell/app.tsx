import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { Loading } from '../parts/states.tsx'
import { QueuePage } from '../queue/queue-page.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { Boundary } from './boundary.tsx'
import { TopBar } from './top-bar.tsx'

const CommentPage = lazy(() => import('../comment/comment-page.tsx'))
const OverviewPage = lazy(() => import('../overview/overview-page.tsx'))
const SitePage = lazy(() => import('../site/site-page.tsx'))
const AccountPage = lazy(() => import('../account/account-page.tsx'))

/** The page's places. The queue comes with the first load, the others when somebody goes there. */
export function App() {
  const { t } = useSpeech()
  return (
    <>
      <a className="skip" href="#main">
        {t('admin.skip')}
      </a>
      <TopBar />
      <main id="main" tabIndex={-1}>
        <Boundary>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/comments/:id">{({ id }) => <CommentPage key={id} id={id} />}</Route>
              <Route path="/overview">
                <OverviewPage />
              </Route>
              <Route path="/sites/:site/:part">{({ site, part }) => <SitePage key={site} site={site} part={part} />}</Route>
              <Route path="/account">
                <AccountPage />
              </Route>
              <Route path="/">
                <QueuePage />
              </Route>
              <Route>
                <p className="empty">{t('error.404.title')}</p>
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
    </>
  )
}
