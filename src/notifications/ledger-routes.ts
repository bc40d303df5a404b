import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { may } from '../access/policy.ts'
import { SiteParams } from '../sites/routes.ts'
import { type Ledger, LedgerMail, MOST_COUNTED, State } from './ledger.ts'

export const MailCounts = z
  .object({ queued: z.int(), sending: z.int(), sent: z.int(), failed: z.int(), suppressed: z.int() })
  .meta({ id: 'MailCounts', description: `Each counted up to ${MOST_COUNTED}` })

/** The delivery ledger: what became of every mail about a site. */
export function ledgerRoutes({ accounts, ledger }: { accounts: Access; ledger: Ledger }): Endpoint[] {
  const path = '/api/v1/sites/{site}/mail'
  const one = SiteParams.extend({ id: z.string().max(100) })
  const mail = z.object({ mail: LedgerMail })
  const gone = { 404: { description: 'The site has no such mail' } }
  const view = async (req: Parameters<Access['allow']>[0], siteKey: string) => {
    const { principal, site } = await accounts.allow(req, { action: 'moderate', siteKey })
    return { siteId: site.id, seesEmails: may(principal.grants, 'see-emails', site.id) }
  }

  return [
    endpoint({
      method: 'get',
      path,
      summary: 'The mails about a site and what became of them',
      tag: 'Moderators',
      signedIn: true,
      params: SiteParams,
      query: z.object({
        state: State.optional(),
        kind: z.string().max(100).optional(),
        comment: z.uuid('is not a comment').optional().meta({ description: 'Only mails that this comment caused' }),
        limit: Limit,
        cursor: Cursor,
      }),
      answers: {
        200: { description: 'The newest first', schema: z.object({ mails: z.array(LedgerMail), nextCursor: z.string().nullable() }) },
      },
      handle: async ({ params, query: { limit, cursor, comment, ...rest }, req }) => {
        const filter = { ...rest, commentId: comment }
        return { status: 200, json: await ledger.list({ ...(await view(req, params.site)), filter, limit, cursor }) }
      },
    }),
    endpoint({
      method: 'get',
      path: `${path}/counts`,
      summary: 'How many mails are in each state',
      tag: 'Moderators',
      signedIn: true,
      params: SiteParams,
      answers: { 200: { description: 'The numbers', schema: MailCounts } },
      handle: async ({ params, req }) => ({ status: 200, json: await ledger.counts(await view(req, params.site)) }),
    }),
    endpoint({
      method: 'get',
      path: `${path}/{id}`,
      summary: 'One mail',
      tag: 'Moderators',
      signedIn: true,
      params: one,
      answers: { 200: { description: 'The mail', schema: mail }, ...gone },
      handle: async ({ params, req }) => ({
        status: 200,
        json: { mail: await ledger.get({ ...(await view(req, params.site)), id: params.id }) },
      }),
    }),
    endpoint({
      method: 'post',
      path: `${path}/{id}/resend`,
      summary: 'Send a mail again, or at once while it waits for its next try',
      tag: 'Owners',
      signedIn: true,
      params: one,
      answers: {
        200: { description: 'The mail that is tried at once, or that was sent in its place before', schema: mail },
        201: { description: 'The mail that is sent in its place: written anew, with another Message-ID', schema: mail },
        ...gone,
        409: { description: 'It is being sent just now' },
      },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'resend-mail', siteKey: params.site })
        const { mail: sent, isNew } = await ledger.resend({ siteId: site.id, id: params.id, seesEmails: true })
        return { status: isNew ? 201 : 200, json: { mail: sent } }
      },
    }),
  ]
}
