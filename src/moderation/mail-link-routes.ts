import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf, type Principal } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { REMOVED } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import { Problem } from '../errors.ts'
import { type Answer, endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { pageHeaders } from '../http/page.tsx'
import { translator } from '../locales/index.ts'
import type { Outbox } from '../comments/outbox.ts'
import { reasonTexts } from '../notifications/reasons.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { decide } from './decide.ts'
import { createMailLink, type MailLink, type MailLinkAction, readMailLink } from '../notifications/mail-links.ts'
import { may } from '../access/policy.ts'
import { presentModerated, titleOf } from './present.ts'
import { findOne, historyOf, type QueuedRow, waitingRevisions } from './store.ts'
import { decidePage, type DecidePageState } from './view/decide-page.tsx'

const ACTIONS: MailLinkAction[] = ['approve', 'reject', 'spam']
const HEADERS = { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' }

interface Deps {
  db: Database
  clock: Clock
  keys: Keys
  sites: Sites
  accounts: Access
  limits: Limits
  outbox: Outbox
}

/**
 * The pages behind the links of moderation mails. Looking at one changes nothing, however often and by whomever it is fetched (mail
 * scanners do); the button on it decides, once. Links are dead when their moderator does not belong to the site any more.
 */
export function mailLinkRoutes({ db, clock, keys, sites, accounts, limits, outbox }: Deps): Endpoint[] {
  const shared = { path: '/moderate/{token}', tag: 'Moderators', page: true, params: z.object({ token: z.string().max(400) }) } as const

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'The comment of a mail, and a button',
      answers: { 200: { description: 'A page' }, 404: { description: 'The link is not valid, or not any more' } },
      handle: async ({ params }) => {
        const found = await follow(params.token)
        return found ? show(found.site, await stateOf(found)) : invalid()
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'What the button does: decide, once',
      answers: {
        200: { description: 'A page' },
        404: { description: 'The link is not valid, or not any more' },
        409: { description: 'It was decided before' },
      },
      handle: async ({ params, req, res }) => {
        await limits.link(req, res)
        const found = await follow(params.token)
        if (!found) return invalid()
        const { link, row, site } = found
        if (!stillWaits(row, link)) return show(site, await stateOf(found), 409)
        const actor = { ...actorOf(found.moderator), via: 'mail' as const }
        try {
          const request = { id: row.id, decision: link.action, version: link.version, actor }
          await db.write((tx) => decide(tx, { db, outbox, clock, request }))
        } catch (error) {
          const now = error instanceof Problem ? await follow(params.token) : null
          if (!now) throw error
          return show(site, await stateOf(now), 409)
        }
        return show(site, { state: 'done', action: link.action, article: articleOf(row) })
      },
    }),
  ]

  interface Followed {
    link: MailLink
    row: QueuedRow
    site: Site
    moderator: Principal
  }

  /** Where a link leads, if it is whole, in time, and its moderator still may. */
  async function follow(token: string): Promise<Followed | null> {
    const link = readMailLink({ keys, token, now: clock() })
    const row = link && (await findOne(db.read, link.commentId))
    const site = row && (await sites.byId(row.siteId))
    const moderator = link && (await accounts.personById(link.userId))
    if (!link || !row || !site || !moderator || !may(moderator.grants, 'moderate', site.id)) return null
    return { link, row, site, moderator }
  }

  async function stateOf({ link, row, site }: Followed): Promise<DecidePageState> {
    if (!stillWaits(row, link)) return outcomeOf(row)
    const revision = (await waitingRevisions(db.read, [row.id])).get(row.id)
    const comment = presentModerated({ row, site, revision, keys, seesEmails: false })
    const { body, html } = comment.edit ?? comment
    const { verdicts } = revision ?? row
    const linkTo = (action: MailLinkAction) =>
      new URL(createMailLink({ ...link, keys, publicUrl: 'http://self', action, at: clock() })).pathname
    return {
      state: 'ready',
      action: link.action,
      others: ACTIONS.filter((action) => action !== link.action).map((action) => ({ action, href: linkTo(action) })),
      comment: {
        article: articleOf(row),
        author: comment.author,
        email: comment.author.email,
        createdAt: comment.createdAt,
        html,
        body,
        reasons: reasonTexts({ verdicts, t: translator(site.locale) }),
      },
    }
  }

  async function outcomeOf(row: QueuedRow): Promise<DecidePageState> {
    const last = (await historyOf(db.read, row.id)).find(({ version }) => version === row.version) // a ban after it changes no version
    if (row.queue || !last) return { state: 'changed' }
    return { state: 'decided', status: row.status as 'approved', by: last.actorName, at: last.at.toISOString(), article: articleOf(row) }
  }

  function show(site: Site, state: DecidePageState, status = 200): Answer {
    const html = decidePage({
      t: translator(site.locale),
      locale: site.locale,
      timeZone: site.settings.timeZone,
      siteName: site.name,
      ...state,
    })
    return { status, html, headers: HEADERS }
  }

  async function invalid(): Promise<Answer> {
    return show(await sites.byKey('default'), { state: 'invalid' }, 404)
  }
}

const stillWaits = (row: QueuedRow, link: MailLink) => row.status !== REMOVED && row.queue !== null && row.version === link.version
const articleOf = (row: QueuedRow) => ({ url: row.thread.url, title: titleOf(row) })
