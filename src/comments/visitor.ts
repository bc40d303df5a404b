import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { cookieOf } from '../http/client.ts'
import type { Cookie } from '../http/endpoint.ts'
import type { Keys } from '../privacy/secret.ts'
import { aadOf, seal, unseal } from '../privacy/sealed.ts'
import { randomToken } from '../privacy/tokens.ts'

const PREVIEW_SECONDS = 600
const YEAR_SECONDS = 365 * 24 * 3600
const DAY_SECONDS = 24 * 3600

const Preview = z.object({ id: z.string(), until: z.number() })
const Author = z.object({ name: z.string(), email: z.string(), website: z.string() })
export type RememberedAuthor = z.output<typeof Author>

/**
 * What a visitor's browser keeps for the pages without JavaScript, in cookies that only the server can read: the comment just
 * sent, name and address if they ticked the box, and a random id of the browser.
 */
export function createVisitor({ keys, clock }: { keys: Keys; clock: Clock }) {
  const open = <Schema extends z.ZodType>(
    schema: Schema,
    column: 'cookie.preview' | 'cookie.author',
    site: string,
    sealed: string | null,
  ): z.output<Schema> | null => {
    if (sealed === null) return null
    try {
      return schema.parse(JSON.parse(unseal({ keys, aad: aadOf(column, site), sealed })))
    } catch {
      return null // from before the secret was changed, or not ours
    }
  }
  const close = (column: 'cookie.preview' | 'cookie.author', site: string, value: object) =>
    seal({ keys, aad: aadOf(column, site), value: JSON.stringify(value) })

  return {
    /** The id of the comment that this visitor sent in the last ten minutes. */
    preview(req: IncomingMessage, site: string): string | null {
      const kept = open(Preview, 'cookie.preview', site, cookieOf(req, 'balas_preview'))
      return kept && kept.until > clock().getTime() ? kept.id : null
    },
    author: (req: IncomingMessage, site: string): RememberedAuthor | null =>
      open(Author, 'cookie.author', site, cookieOf(req, 'balas_author')),
    browser: (req: IncomingMessage): string | null => {
      const id = cookieOf(req, 'balas_browser')
      return id !== null && /^[\w-]{43}$/.test(id) ? id : null
    },
    newBrowser: randomToken,

    /** The cookies that go with a reply that was taken. */
    cookies({
      site,
      commentId,
      browser,
      remember,
    }: {
      site: string
      commentId: string
      browser: string
      remember: RememberedAuthor | null
    }): Cookie[] {
      const path = `/sites/${site}/`
      const until = clock().getTime() + PREVIEW_SECONDS * 1000
      return [
        {
          name: 'balas_preview',
          path: `${path}thread`,
          maxAgeSeconds: PREVIEW_SECONDS,
          value: close('cookie.preview', site, { id: commentId, until }),
        },
        { name: 'balas_browser', path, maxAgeSeconds: remember ? YEAR_SECONDS : DAY_SECONDS, value: browser },
        {
          name: 'balas_author',
          path,
          ...(remember ? { maxAgeSeconds: YEAR_SECONDS, value: close('cookie.author', site, remember) } : { value: null }),
        },
      ]
    },
  }
}
export type Visitor = ReturnType<typeof createVisitor>
