import { z } from 'zod'
import { type Answer, endpoint, type Endpoint } from '../http/endpoint.ts'
import { pageHeaders } from '../http/page.tsx'
import { translator } from '../locales/index.ts'
import { maskEmail } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'
import { createReaderLink, readReaderLink, type ReaderLink } from './reader-links.ts'
import { choices } from './stop-store.ts'
import type { Standing, Subscriptions } from './subscriptions.ts'
import { confirmPage, stopPage, unknownReaderPage } from './view/reader-pages.tsx'

const HEADERS = { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' }
const Token = z.object({ token: z.string().max(200) })
const TokenAndChoice = Token.extend({ choice: z.enum(choices) })
const INVALID = { description: 'The link is not whole, or its reader is not known any more' }

interface Deps {
  keys: Keys
  sites: Sites
  subscriptions: Subscriptions
}

/**
 * The pages behind the links of mails to readers, without an account. Looking at one changes nothing, however often and by whomever it
 * is fetched; its buttons post. What they post stands in the path, so that no body has to be read.
 */
export function readerRoutes({ keys, sites, subscriptions }: Deps): Endpoint[] {
  const shared = { tag: 'Readers', page: true } as const

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: '/follow/confirm/{token}',
      summary: 'The question whether somebody wants mails, and a button',
      params: Token,
      answers: { 200: { description: 'A page' }, 404: INVALID },
      handle: ({ params }) => withStanding('confirm', params.token, (link, standing) => show(link, standing, 'confirm')),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/follow/confirm/{token}',
      summary: 'What the button does: confirm the address',
      params: Token,
      answers: { 200: { description: 'A page' }, 404: INVALID },
      handle: ({ params }) => change('confirm', params.token, subscriptions.confirm),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/follow/stop/{token}',
      summary: 'Which mails somebody gets, and a button for each way to stop them',
      params: Token,
      answers: { 200: { description: 'A page' }, 404: INVALID },
      handle: ({ params }) => withStanding('stop', params.token, (link, standing) => show(link, standing, 'stop')),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/follow/stop/{token}',
      summary: 'What mail programs do (RFC 8058): stop all mails of the site, whatever the body says',
      params: Token,
      answers: { 200: { description: 'A page' }, 404: INVALID },
      handle: ({ params }) => change('stop', params.token, (link) => subscriptions.choose(link, 'site')),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/follow/stop/{token}/{choice}',
      summary: 'What a button does: stop mails of the thread, the site or the server, or have them again',
      params: TokenAndChoice,
      answers: { 303: { description: 'Back to the page' }, 404: INVALID },
      handle: async ({ params: { token, choice } }) => {
        const link = readReaderLink({ keys, purpose: 'stop', token })
        if (!link || !(await subscriptions.standing(link))) return invalid()
        await subscriptions.choose(link, choice)
        return { status: 303, headers: { Location: pathOf(link), 'Cache-Control': 'no-store' } }
      },
    }),
  ]

  type Purpose = 'confirm' | 'stop'

  async function withStanding(
    purpose: Purpose,
    token: string,
    answer: (link: ReaderLink, standing: Standing) => Promise<Answer>,
  ): Promise<Answer> {
    const link = readReaderLink({ keys, purpose, token })
    const standing = link && (await subscriptions.standing(link))
    return link && standing ? answer(link, standing) : invalid()
  }

  function change(purpose: Purpose, token: string, work: (link: ReaderLink) => Promise<void>): Promise<Answer> {
    return withStanding(purpose, token, async (link) => {
      await work(link)
      return withStanding(purpose, token, (_, now) => show(link, now, purpose))
    })
  }

  /** Whoever stopped mails and follows an old link to confirm sees that they are stopped. */
  async function show(link: ReaderLink, { reader, email, state, stopped }: Standing, purpose: Purpose): Promise<Answer> {
    const { locale } = reader
    const site = await sites.byId(reader.siteId)
    const speech = { t: translator(locale), locale, siteName: site?.name ?? '', email: maskEmail(email) }
    const html =
      purpose === 'confirm' && stopped === null
        ? confirmPage({ ...speech, isConfirmed: state === 'confirmed' })
        : stopPage({ ...speech, path: pathOf(link), stopped, isConfirmed: state === 'confirmed' })
    return { status: 200, html, headers: HEADERS }
  }

  function pathOf(link: ReaderLink): string {
    return createReaderLink({ keys, publicUrl: '', purpose: 'stop', ...link })
  }

  async function invalid(): Promise<Answer> {
    const { name, locale } = await sites.byKey('default')
    return { status: 404, html: unknownReaderPage({ t: translator(locale), locale, siteName: name }), headers: HEADERS }
  }
}
