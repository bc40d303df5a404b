import type { Speech } from '../locales/index.ts'
import { renderPage } from './page.tsx'

const KNOWN = [400, 403, 404, 429, 500, 503] as const

export interface ErrorPageProps extends Pick<Speech, 't' | 'locale'> {
  status: number
  /** Lets an operator find the request in the log. */
  reference?: string
}

/** The page for a request that has none: unknown address, no permission, a fault of ours. Says nothing internal. */
export function errorPage({ t, locale, status, reference }: ErrorPageProps): string {
  const known = KNOWN.find((code) => code === status) ?? (status < 500 ? 400 : 500)
  const title = t(`error.${known}.title`)
  return renderPage({
    locale,
    title,
    noindex: true,
    children: (
      <main class="alone">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        <p class="lead">{t(`error.${known}.text`)}</p>
        {reference && <p class="meta">{t('error.reference', { id: reference })}</p>}
      </main>
    ),
  })
}
