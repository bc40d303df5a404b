import type { ComponentChildren } from 'preact'
import { formatDateTime } from '../locales/dates.ts'
import type { Speech } from '../locales/index.ts'
import { parseUrl } from '../parse-url.ts'

/** The name of the site above a page, as a link when there is somewhere to go. */
export function Masthead({ name, href }: { name: string; href?: string | undefined }) {
  return (
    <header class="masthead">
      {href ? (
        <a href={href}>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}
    </header>
  )
}

/** A comment's markup; it must come from the sanitiser. The one place where HTML goes into a page as it is. */
export function SanitisedHtml({ html }: { html: string }) {
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}

export interface TimestampProps {
  /** RFC 3339. */
  at: string
  speech: Pick<Speech, 'locale' | 'timeZone'>
}

/** A moment, readable by people and programs. */
export function Timestamp({ at, speech }: TimestampProps) {
  return <time datetime={at}>{formatDateTime(at, speech)}</time>
}

/** A link that leads away only when the address is one of the web; otherwise the text alone. */
export function WebLink({ href, rel, children }: { href: string; rel: string; children: ComponentChildren }) {
  if (!isWebAddress(href)) return <>{children}</>
  return (
    <a href={href} rel={rel}>
      {children}
    </a>
  )
}

/** An address as people read it: without scheme and trailing slash, and from left to right in any language. */
export const readableAddress = (url: string) => <bdi dir="ltr">{url.replace(/^https?:\/\//i, '').replace(/\/$/, '')}</bdi>

/** Whether an address may stand in a link: http or https, and nothing that a browser would run. */
export const isWebAddress = (url: string) => /^https?:\/\//i.test(url) && parseUrl(url) !== null
