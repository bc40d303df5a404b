/**
 * Why a record was left out, lost something or is worth a look: codes that never change, since programs and old reports have them. What each
 * says, and what to do about it, stands in every language under `admin.import.reason.<code>`.
 */
export const reasonCodes = [
  // left out by what reads the file
  'no-id',
  'no-article',
  'no-address',
  'not-web',
  'needs-base',
  'article-missing',
  'article-deleted',
  'article-no-id',
  'outside',
  'pingback',
  'trackback',
  'plugin-note',
  'too-long',
  'too-deep',
  'too-many-cells',
  'bad-json',
  'bad-xml',
  'bad-field',
  // left out by what a comment or a thread must have
  'foreign-host',
  'twice',
  'bad-text',
  'body-long',
  'empty',
  'unclean-html',
  'too-early',
  'removed-leaf',
  'refused',
  'undone',
  // a reply that answers nothing any more
  'parent-missing',
  'parent-elsewhere',
  'parent-deleted',
  'parent-loop',
  'parent-self',
  // came in without something
  'no-date',
  'odd-date',
  'bad-email',
  'bad-website',
  'long-name',
  // came in as rejected, since the public could not read its post
  'post-private',
  'post-draft',
  'post-pending',
  'post-future',
  'post-trash',
  'post-password',
  'post-other',
  // has the number of another comment
  'clash-articles',
  'clash-here',
  // about the file
  'wordpress-no-spam',
  'other',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** Codes that say something of the file's besides, behind a colon: `plugin-note:order_note`. */
type Saying = 'plugin-note' | 'bad-json' | 'bad-field'

export type Reason = Exclude<ReasonCode, Saying> | `${Saying}:${string}`

const isCode = (text: string): text is ReasonCode => reasonCodes.some((code) => code === text)

/**
 * A reason's code and what it says besides; the code is null for what is no reason of this version.
 *
 * @example partsOf('plugin-note:order_note') // { code: 'plugin-note', what: 'order_note' }
 */
export function partsOf(reason: string): { code: ReasonCode | null; what: string } {
  const colon = reason.indexOf(':')
  const code = colon < 0 ? reason : reason.slice(0, colon)
  return isCode(code) ? { code, what: colon < 0 ? '' : reason.slice(colon + 1).trim() } : { code: null, what: '' }
}
