import { z } from 'zod'
import { type Answer, endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { pageHeaders } from '../http/page.tsx'
import { fieldErrors } from '../http/validate.ts'
import { translator } from '../locales/index.ts'
import type { Sites } from '../sites/sites.ts'
import { accountFieldTexts } from './field-texts.ts'
import { ADMIN_PATH } from '../access/admin-path.ts'
import type { PasswordReset } from './password-reset.ts'
import { Email, NewPerson } from './people.ts'
import { resetPage, type ResetPageState } from './view/reset-page.tsx'

const HEADERS = { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' }
const Typed = NewPerson.pick({ password: true })

/** The way back for who forgot the password: asking for a link, and the page behind it, which may be looked at without effect. */
export function passwordResetRoutes({
  passwordReset,
  sites,
  limits,
}: {
  passwordReset: PasswordReset
  sites: Sites
  limits: Limits
}): Endpoint[] {
  const params = z.object({ token: z.string().max(200) })
  const shared = { path: '/password-resets/{token}', tag: 'Moderators', page: true, params } as const

  return [
    endpoint({
      method: 'post',
      path: '/api/v1/password-resets',
      summary: 'Have a link mailed with which a forgotten password is replaced',
      tag: 'Moderators',
      body: z.object({ email: Email }),
      answers: { 202: { description: 'Always: whether there is such an account is not told' } },
      handle: async ({ body, req, res }) => {
        await limits.signIn(req, res)
        await passwordReset.ask(body.email)
        return { status: 202, json: {} }
      },
    }),
    endpoint({
      ...shared,
      method: 'get',
      summary: 'The form for a new password',
      answers: { 200: { description: 'A page' }, 404: { description: 'The link is not valid, or not any more' } },
      handle: async ({ params: { token } }) => ((await passwordReset.isOpen(token)) ? show({ state: 'form' }) : invalid()),
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Set the new password',
      body: z.record(z.string(), z.unknown()),
      accepts: ['form'],
      answers: {
        200: { description: 'A page: it is set, and all sessions have ended' },
        404: { description: 'The link is not valid, or not any more' },
        422: { description: 'The form again' },
      },
      handle: async ({ params: { token }, body, req, res }) => {
        await limits.link(req, res)
        if (!(await passwordReset.isOpen(token))) return invalid()
        const typed = Typed.safeParse(body)
        if (!typed.success) return show({ state: 'form', errors: fieldErrors(typed.error) }, 422)
        const done = await passwordReset.set({ token, password: typed.data.password })
        return done ? show({ state: 'done', signInHref: ADMIN_PATH, ...done }) : invalid()
      },
    }),
  ]

  /** An account belongs to no site, so the page speaks as the first one does. */
  async function show(page: ResetPageState, status = 200): Promise<Answer> {
    const { locale } = await sites.byKey('default')
    const t = translator(locale)
    const inWords = page.state === 'form' ? { ...page, errors: accountFieldTexts({ errors: page.errors ?? [], t }) } : page
    return { status, html: resetPage({ t, locale, siteName: 'Balas', ...inWords }), headers: HEADERS }
  }

  function invalid(): Promise<Answer> {
    return show({ state: 'invalid' }, 404)
  }
}
