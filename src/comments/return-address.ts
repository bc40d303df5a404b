import { parseUrl } from '../parse-url.ts'
import type { Addresses, Article } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import { OWN_COMMENT_ID } from './view/own-comment.tsx'

const MAX_CHARS = 2000
/** What browsers drop or turn around while they read an address, so that they would read another one than we did. */
const SLIPPERY = /[\s\\\p{C}]/u

interface Target {
  site: Site
  addresses: Addresses
  article: Article
  /** The form's hidden field `redirect_to`, as it came. */
  redirectTo: unknown
}

/** Where a reader lands whose reply was taken: where the form says, at the comment in the article, or on our page of the thread. */
export function returnAddress({
  comment,
  threadPath,
  ...target
}: Target & { comment: { id: string; status: string }; threadPath: string }): string {
  const { site, article } = target
  const anchor = comment.status === 'approved' ? `comment-${comment.id}` : undefined
  const wanted = redirectTarget(target)
  if (wanted && anchor) wanted.hash = anchor
  if (wanted) return wanted.href
  if (site.settings.pagesRenderComments) return anchor ? `${article.url}#${anchor}` : article.url
  return `${threadPath}?${new URLSearchParams({ url: article.url })}#${anchor ?? OWN_COMMENT_ID}`
}

/**
 * The address that a form names in `redirect_to`, as WordPress's forms may; relative ones are meant from the article. Null when there
 * is none, or it leads to where the site is not: forms can be made by anybody, and we would lend them our name to lead readers away.
 */
export function redirectTarget({ site, addresses, article, redirectTo }: Target): URL | null {
  if (typeof redirectTo !== 'string' || redirectTo === '' || redirectTo.length > MAX_CHARS || SLIPPERY.test(redirectTo)) return null
  const target = parseUrl(redirectTo, article.url)
  if (!target || target.username !== '' || target.password !== '') return null
  const isArticles = site.allowedOrigins.length === 0 && target.origin === new URL(article.url).origin
  return isArticles || addresses.covers(target) ? target : null
}
