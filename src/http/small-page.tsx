import type { ComponentChildren } from 'preact'
import { Masthead } from './page-parts.tsx'
import { renderPage } from './page.tsx'

export interface SmallPageProps {
  locale: string
  siteName: string
  title: string
  children: ComponentChildren
}

/** A page for one thing, reached by a link of one's own: the site's name, a heading, and what there is to say or do. Not for search engines. */
export const renderSmallPage = ({ locale, siteName, title, children }: SmallPageProps): string =>
  renderPage({
    locale,
    title: `${title} – ${siteName}`,
    noindex: true,
    children: (
      <>
        <Masthead name={siteName} />
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </>
    ),
  })
