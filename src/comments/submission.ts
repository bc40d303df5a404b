import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { byteLength, cleanLine, cleanText } from '../markup/text.ts'
import { parseUrl } from '../parse-url.ts'

/** Limits in bytes of UTF-8; name, e-mail and website as WordPress's tables have them. */
export const LIMITS = { name: 245, email: 100, website: 200, body: 16 * 1024, title: 300, key: 200 } as const

/** The hidden field that people leave empty. */
export const HONEYPOT = 'message_topic'

/** Something that can be seen: a name of zero-width spaces is none. */
const VISIBLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u

const NUL = '\0'
const REQUIRED = 'is required'
export const text = z
  .string({ error: (issue) => (issue.input === undefined ? REQUIRED : 'must be text') })
  .refine((value) => !value.includes(NUL), 'must not contain NUL')
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')
const line = text.refine((value) => !/[\r\n]/.test(value), 'must be a single line').transform(cleanLine)
const atMost = (bytes: number) =>
  [(value: string) => byteLength(value) <= bytes, `must be at most ${bytes.toLocaleString('en')} bytes`] as const
const absent = (value: unknown) => (value === null || value === '' ? undefined : value)
export const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(absent, schema.optional())

// One address and nothing else: a dot-atom, or what WordPress's is_email also takes, at a domain with a dot. No lists, no
// quotes, no comments, no display names: mail programs read those as something more than one recipient.
const ADDRESS = /^[^\p{C}\p{Z}@,;:<>()[\]"\\]+@[\p{L}\p{M}\p{N}.-]+$/u

function isEmail(value: string): boolean {
  if (byteLength(value) > LIMITS.email || !ADDRESS.test(value)) return false
  const [local = '', domain = ''] = value.split('@')
  if (local.startsWith('.') || local.endsWith('.') || value.includes('..') || byteLength(local) > 64) return false
  const ascii = domainToASCII(domain)
  return /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i.test(ascii)
}

/** A website as people type it: `example.org` counts as `http://example.org`, as in WordPress. Null when it is none. */
function toWebsite(value: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[\w.-]+:\d/.test(value) ? value : `http://${value}`
  const parsed = parseUrl(address)
  if (!parsed) return null
  const isPublic =
    (parsed.protocol === 'http:' || parsed.protocol === 'https:') && parsed.hostname.includes('.') && !parsed.username && !parsed.password
  return isPublic ? parsed.href : null
}

const Flag = z.preprocess(
  (value) => (typeof value === 'string' ? ['1', 'true', 'yes', 'on'].includes(value.toLowerCase()) : (value ?? false)),
  z.boolean('must be true or false'),
)

/** A random id that a browser keeps, so that its reader is known again without being known. */
export const Browser = optional(text.regex(/^[\w-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _')).meta({
  description: 'A random id that this browser keeps',
})

/** What an article's address and a comment's text must be, wherever they come in. */
export const Body = text
  .transform(cleanText)
  .refine((value) => value.length > 0, REQUIRED)
  .refine(...atMost(LIMITS.body))

/** A reply as readers submit it. Names are the API's; forms with WordPress's names are translated before. */
export const Submission = z
  .object({
    url: line.refine((value) => value.length > 0, REQUIRED).meta({ description: "The article's address" }),
    title: optional(line.transform((value) => [...value].slice(0, LIMITS.title).join(''))).meta({ description: "The article's title" }),
    parentId: optional(line).meta({ description: 'The comment that is answered' }),
    name: line
      .refine((value) => VISIBLE.test(value), REQUIRED)
      .refine(...atMost(LIMITS.name))
      .meta({ description: 'At most 245 bytes' }),
    email: line
      .refine((value) => value.length > 0, REQUIRED)
      .refine(...atMost(LIMITS.email))
      .refine(isEmail, 'must be one e-mail address')
      .meta({ description: 'At most 100 bytes; never published' }),
    website: optional(
      line
        .refine(...atMost(LIMITS.website))
        .refine((value) => toWebsite(value) !== null, 'must be an http or https address')
        .transform((value) => toWebsite(value) ?? value)
        .refine(...atMost(LIMITS.website)),
    ).meta({ description: 'http or https, at most 200 bytes' }),
    body: Body.meta({ description: 'At most 16 KiB' }),
    remember: Flag.optional().meta({ description: 'Keep name, e-mail and website in this browser' }),
    followReplies: Flag.optional().meta({
      description: 'Mail the author when it is approved and when somebody answers, once they confirmed the address',
    }),
    locale: optional(text.regex(/^[a-z]{2,3}([-_][a-z0-9]{1,8}){0,4}$/i, 'must be a language such as id or pt-BR')).meta({
      description: 'The language of those mails; else that of Accept-Language, else the site’s',
    }),
    idempotencyKey: optional(text.max(LIMITS.key)).meta({ description: 'Or the header Idempotency-Key' }),
    browser: Browser,
    [HONEYPOT]: optional(text).meta({ description: 'Leave it out: for people it is invisible' }),
  })
  .refine(({ name, email }) => !isEmail(email) || !name.toLowerCase().includes(email.toLowerCase()), {
    path: ['name'],
    error: 'must not be the e-mail address, which is never published',
  })
  .meta({ id: 'Submission' })
export type Submission = z.output<typeof Submission>

/**
 * WordPress's field names as ours. In its forms `url` is the author's website and the article stands in `comment_post_url`;
 * a form without that field uses our names.
 */
export function fromWordPress(form: Record<string, unknown>): Record<string, unknown> {
  const { author, comment, comment_parent: parent, comment_post_url: article, 'wp-comment-cookies-consent': consent, ...rest } = form
  const aliases = {
    ...(author !== undefined && { name: author }),
    ...(comment !== undefined && { body: comment }),
    ...(parent !== undefined && { parentId: parent === '0' ? '' : parent }),
    ...(consent !== undefined && { remember: consent }),
  }
  if (article === undefined) return { ...rest, ...aliases }
  const { url: website, ...others } = rest
  return { ...others, url: article, ...(website !== undefined && { website }), ...aliases }
}
