import type { Request } from 'express'
import { z } from 'zod'
import { type FieldError, Unauthorized } from '../errors.ts'
import { type Answer, endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { pageHeaders } from '../http/page.tsx'
import { fieldErrors } from '../http/validate.ts'
import { translator } from '../locales/index.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Acceptance, OpenInvitation } from './acceptance.ts'
import type { Access } from '../access/access.ts'
import { accountFieldTexts } from './field-texts.ts'
import { ADMIN_PATH } from '../access/admin-path.ts'
import { EmailTaken, NewPerson } from './people.ts'
import { invitationPage, type InvitationPageState } from './view/invitation-page.tsx'

const HEADERS = { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' }
const Typed = NewPerson.pick({ name: true, password: true })

/**
 * The page behind an invitation's link. Looking at it changes nothing, however often and by whomever it is fetched (mail scanners
 * do); its form makes an account, or its button adds the role to the account that is signed in.
 */
export function invitationPageRoutes({
  acceptance,
  accounts,
  sites,
  limits,
}: {
  acceptance: Acceptance
  accounts: Access
  sites: Sites
  limits: Limits
}): Endpoint[] {
  const params = z.object({ token: z.string().max(100) })
  const shared = { path: '/invitations/{token}', tag: 'Owners', page: true, params } as const

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'What one is invited to',
      answers: { 200: { description: 'A page' }, 404: { description: 'The link is not valid, or not any more' } },
      handle: async ({ params: { token }, req }) => {
        const found = await acceptance.open(token)
        return found ? show(found.site, await stateFor(found, req)) : invalid()
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Accept it',
      body: z.record(z.string(), z.unknown()),
      accepts: ['form'],
      answers: {
        201: { description: 'A page: they are a member' },
        403: { description: 'There is an account with that address, and it is not signed in' },
        404: { description: 'The link is not valid, or not any more' },
        422: { description: 'The form again' },
      },
      handle: async ({ params: { token }, body, req, res }) => {
        await limits.link(req, res)
        const found = await acceptance.open(token)
        if (!found) return invalid()
        return found.accountId === null ? makeAccount(found, token, body) : addRole(found, token, req)
      },
    }),
  ]

  async function makeAccount({ invitation: { email }, site }: OpenInvitation, token: string, body: Record<string, unknown>) {
    const typed = Typed.safeParse(body)
    if (!typed.success) {
      const name = typeof body['name'] === 'string' ? body['name'] : ''
      return show(site, { state: 'form', email, name, errors: inWords(site, fieldErrors(typed.error)) }, 422)
    }
    try {
      const isMade = await acceptance.withNewAccount({ token, person: typed.data })
      return isMade ? show(site, { state: 'done', name: typed.data.name, signInHref: ADMIN_PATH }, 201) : invalid()
    } catch (error) {
      if (!EmailTaken.is(error)) throw error
      return show(site, { state: 'sign-in', email, signInHref: ADMIN_PATH }, 403) // an account was made at this very moment
    }
  }

  async function addRole(found: OpenInvitation, token: string, req: Request) {
    const who = await whoever(req)
    if (!who || who.id !== found.accountId) return show(found.site, await stateFor(found, req), 403)
    const isAdded = await acceptance.asMember({ token, userId: who.id })
    return isAdded ? show(found.site, { state: 'done', name: who.name, signInHref: ADMIN_PATH }, 201) : invalid()
  }

  async function stateFor({ invitation: { email }, accountId }: OpenInvitation, req: Request): Promise<InvitationPageState> {
    if (accountId === null) return { state: 'form', email }
    return (await whoever(req))?.id === accountId ? { state: 'accept', email } : { state: 'sign-in', email, signInHref: ADMIN_PATH }
  }

  /** Who is signed in, if anybody is. A write from a foreign page is refused all the same. */
  async function whoever(req: Request) {
    try {
      return await accounts.principal(req)
    } catch (error) {
      if (Unauthorized.is(error)) return null
      throw error
    }
  }

  function inWords({ locale }: Site, errors: FieldError[]) {
    return accountFieldTexts({ errors, t: translator(locale) })
  }

  function show({ locale, name }: Site, state: InvitationPageState, status = 200): Answer {
    return { status, html: invitationPage({ t: translator(locale), locale, siteName: name, ...state }), headers: HEADERS }
  }

  async function invalid(): Promise<Answer> {
    return show(await sites.byKey('default'), { state: 'invalid' }, 404)
  }
}
