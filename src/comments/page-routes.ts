import type { Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { Problem } from '../errors.ts'
import { refuseMisreadBody } from '../http/body.ts'
import { ipOf, localeOf } from '../http/client.ts'
import { type Answer, endpoint, type Endpoint } from '../http/endpoint.ts'
import { fieldTexts } from '../http/field-texts.ts'
import type { Limits } from '../http/limits.ts'
import { pageHeaders } from '../http/page.tsx'
import { Cursor } from '../http/paging.ts'
import { translator } from '../locales/index.ts'
import { randomToken } from '../privacy/tokens.ts'
import type { Article } from '../sites/article-url.ts'
import { ArticleAddress, SiteParams } from '../sites/routes.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { formKey } from './form-key.ts'
import { returnAddress, redirectTarget } from './return-address.ts'
import { refuseForeignOrigin } from './reader-access.ts'
import { findComment } from './store.ts'
import { findThread } from './thread-store.ts'
import { replyProblems } from './reply-problems.ts'
import { fromWordPress } from './submission.ts'
import type { Submit } from './submit.ts'
import { readThread, type ThreadQuery } from './thread.ts'
import { demoPage } from './view/demo-page.tsx'
import { replyErrorPage } from './view/error-page.tsx'
import { threadPage } from './view/thread-page.tsx'
import type { Visitor } from './visitor.ts'

const PER_PAGE = 50

interface Deps {
  db: Database
  clock: Clock
  sites: Sites
  submit: Submit
  visitor: Visitor
  limits: Limits
  ownOrigins: string[]
  publicUrl: string
  isUnavailable: (error: unknown) => boolean
}

/** The readers' pages without JavaScript: a thread with its form, where the form leads, and an article to try it on. */
export function pageRoutes(deps: Deps): Endpoint[] {
  const { db, clock, sites, submit, visitor, limits, ownOrigins, publicUrl } = deps
  const speechOf = (site: Site) => ({ t: translator(site.locale), locale: site.locale, timeZone: site.settings.timeZone })
  const formOf = (site: Site) => ({
    action: action(site),
    mails: site.settings.tellReaders ? { locale: site.locale } : undefined,
    idempotencyKey: randomToken(),
  })
  const threadPath = (site: Site) => `/sites/${site.key}/thread`
  const action = (site: Site) => `/sites/${site.key}/reply`
  const read = (
    site: Site,
    article: Article,
    { order = 'oldest', cursor, at }: Partial<Pick<ThreadQuery, 'order' | 'cursor' | 'at'>> = {},
  ) => readThread({ db, clock, site, query: { ...article, limit: PER_PAGE, order, cursor, at } })

  return [
    endpoint({
      method: 'post',
      path: '/sites/{site}/reply',
      summary: 'The same as leaving a reply, for a plain HTML form',
      tag: 'Readers',
      page: true,
      showsMisread: true,
      params: SiteParams,
      body: z.record(z.string(), z.unknown()),
      accepts: ['form'],
      answers: { 303: { description: 'Back to the article, or to the page of its thread' } },
      handle: async ({ params, body, req, res }) => {
        const site = await sites.byKey(params.site)
        const form = fromWordPress(body)
        const browser = visitor.browser(req) ?? visitor.newBrowser()
        try {
          refuseMisreadBody(res)
          refuseForeignOrigin({ req, site, ownOrigins })
          const { idempotencyKey, redirect_to: redirectTo, ...fields } = form
          const answer = await submit({
            site,
            form: fields,
            idempotencyKey: formKey(idempotencyKey, fields),
            ip: ipOf(req),
            browser,
            locale: localeOf(req),
            count: () => limits.submission({ req, res, site }),
          })
          const article = sites.article(site, String(form['url']))
          const { comment } = answer
          const Location = returnAddress({
            site,
            addresses: sites.addresses(site),
            article,
            redirectTo,
            comment,
            threadPath: threadPath(site),
          })
          const remember = form['remember']
            ? { name: text(form['name']), email: text(form['email']), website: text(form['website']) }
            : null
          return {
            status: 303,
            headers: { Location, 'Cache-Control': 'no-store' },
            cookies: visitor.cookies({ site: site.key, commentId: comment.id, browser, remember }),
          }
        } catch (error) {
          return replyProblem({ error, site, form })
        }
      },
    }),
    endpoint({
      method: 'get',
      path: '/sites/{site}/thread',
      summary: "The page of an article's comments",
      tag: 'Readers',
      page: true,
      params: SiteParams,
      query: z.object({
        url: ArticleAddress,
        order: z.enum(['oldest', 'newest']).default('oldest'),
        cursor: Cursor,
        /** Begins with the branch of this comment. */
        at: z.uuid().optional(),
        replyto: z.string().max(100).optional(),
      }),
      answers: { 200: { description: 'A page' } },
      handle: async ({ params, query, req }) => {
        const site = await sites.byKey(params.site)
        const article = sites.article(site, query.url)
        const { thread } = await read(site, article, query)
        const preview = await ownComment(req, site, article)
        const author = visitor.author(req, site.key)
        const parent = query.replyto === undefined ? undefined : await publicParent(site, query.url, query.replyto)
        const html = threadPage({
          ...speechOf(site),
          siteName: site.name,
          path: threadPath(site),
          thread,
          feed: `/api/v1/sites/${site.key}/feed.atom?${new URLSearchParams({ url: thread.url })}`,
          order: query.order,
          cursor: query.cursor ?? query.at ?? null, // it is not the first page
          preview,
          form: { ...formOf(site), parent, values: author ? { ...author, remember: true } : undefined },
        })
        const isPersonal = preview !== undefined || author !== null
        const formAction = originsOf(site, thread.url)
        const headers = pageHeaders({ formAction, noStore: isPersonal, noindex: isPersonal || parent !== undefined })
        return { status: 200, html, headers: { 'Cache-Control': 'no-cache', Vary: 'Cookie', ...headers } }
      },
    }),
    endpoint({
      method: 'get',
      path: '/demo/plain',
      summary: 'An article with the plain form, to try it on',
      tag: 'Readers',
      page: true,
      answers: { 200: { description: 'A page' } },
      handle: async () => {
        const site = await sites.byKey('default')
        const url = `${publicUrl}/demo/plain`
        const { thread } = await read(site, sites.article(site, url))
        const html = demoPage({
          t: translator('id'),
          locale: 'id',
          timeZone: site.settings.timeZone,
          articleUrl: url,
          threadHref: `${threadPath(site)}?${new URLSearchParams({ url })}`,
          count: thread.count,
          comments: thread.comments,
          form: formOf(site),
        })
        return { status: 200, html, headers: { 'Cache-Control': 'no-cache', ...pageHeaders({ noindex: true }) } }
      },
    }),
  ]

  /** The origins at which a form of ours may make a reader land, for the browser to let it. */
  function originsOf(site: Site, articleUrl: string, redirectTo?: string): string[] {
    const addresses = sites.addresses(site)
    const article = addresses.articleAt(articleUrl)
    if (!article) return []
    const target = redirectTarget({ site, addresses, article, redirectTo })
    return [...new Set([new URL(article.url).origin, ...(target ? [target.origin] : [])])]
  }

  async function ownComment(req: Request, site: Site, { key }: Article) {
    const id = visitor.preview(req, site.key)
    const row = id === null ? null : await findComment(db.read, id)
    const thread = row && (await findThread(db.read, { siteId: site.id, key }))
    if (!row || row.threadId !== thread?.id || row.status === 'removed') return undefined
    const status = row.status === 'approved' ? ('approved' as const) : ('pending' as const)
    return { status, id: row.id, name: row.name, html: row.html, createdAt: row.createdAt.toISOString(), parentId: row.parentId }
  }

  /** `url` and `id` as somebody typed them, perhaps. */
  async function publicParent(site: Site, typedUrl: string, id: string) {
    const key = sites.addresses(site).articleAt(typedUrl)?.key
    if (key === undefined || !z.uuid().safeParse(id).success) return undefined
    const row = await findComment(db.read, id)
    const thread = await findThread(db.read, { siteId: site.id, key })
    return row && row.status === 'approved' && row.threadId === thread?.id ? { id: row.id, name: row.name } : undefined
  }

  /** The form again, with what was typed and what is wrong. */
  async function replyProblem({ error, site, form }: { error: unknown; site: Site; form: Record<string, unknown> }): Promise<Answer> {
    const unavailable = deps.isUnavailable(error)
    const problem = error instanceof Problem ? replyProblems[error.code] : unavailable ? 'unavailable' : undefined
    if (!problem) throw error
    const status = error instanceof Problem ? error.status : 503
    const extras = error instanceof Problem ? error.extras : {}
    const retryAfter = Number(extras.headers?.['Retry-After'])
    const articleUrl = text(form['url'])
    const redirectTo = text(form['redirect_to']) || undefined
    const parentId = text(form['parentId'])
    const parent = parentId && !unavailable && problem !== 'parent' ? await publicParent(site, articleUrl, parentId) : undefined
    const html = replyErrorPage({
      t: translator(site.locale),
      locale: site.locale,
      siteName: site.name,
      problem,
      retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
      form: {
        ...formOf(site),
        articleUrl,
        redirectTo,
        title: text(form['title']),
        parent,
        values: {
          name: text(form['name']),
          email: text(form['email']),
          website: text(form['website']),
          body: text(form['body']),
          remember: Boolean(form['remember']),
          followReplies: Boolean(form['followReplies']),
        },
        errors: fieldTexts({ errors: extras.errors ?? [], t: translator(site.locale) }),
      },
    })
    const formAction = originsOf(site, articleUrl, redirectTo)
    return { status, html, headers: { ...pageHeaders({ formAction, noStore: true, noindex: true }), ...extras.headers } }
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
