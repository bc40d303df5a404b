import { z } from 'zod'
import { mailFolder } from '../mail/choose.ts'
import type { FieldError } from '../errors.ts'
import { fieldErrors } from '../http/validate.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { pageHeaders } from '../http/page.tsx'
import { translator } from '../locales/index.ts'
import type { Sites } from '../sites/sites.ts'
import { accountFieldTexts } from './field-texts.ts'
import { EmailTaken, NewPerson } from './people.ts'
import type { Setup } from './setup.ts'
import { setupPage, type SetupPageState } from './view/setup-page.tsx'

/** The one-time page that makes the first owner. */
export function setupRoutes({
  setup,
  sites,
  limits,
  mail,
}: {
  setup: Setup
  sites: Sites
  limits: Limits
  mail: { smtp: boolean; from: string; dataDir: string }
}): Endpoint[] {
  const params = z.object({ token: z.string().max(100) })
  const page = async (state: SetupPageState, status = 200) => {
    const site = await sites.byKey('default')
    const html = setupPage({ t: translator(site.locale), locale: site.locale, siteName: 'Balas', ...state })
    return { status, html, headers: { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' } }
  }
  const shared = { path: '/setup/{token}', tag: 'Operators', page: true, params } as const

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'The form that makes the first owner',
      answers: { 200: { description: 'A page' }, 404: { description: 'The link was used, or there is an owner' } },
      handle: async ({ params: { token } }) => ((await setup.isOpen(token)) ? page({ state: 'form' }) : page({ state: 'invalid' }, 404)),
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Make the first owner',
      body: z.record(z.string(), z.unknown()),
      accepts: ['form'],
      answers: {
        201: { description: 'A page' },
        404: { description: 'The link was used, or there is an owner' },
        422: { description: 'The form again' },
      },
      handle: async ({ params: { token }, body, req, res }) => {
        await limits.link(req, res)
        if (!(await setup.isOpen(token))) return page({ state: 'invalid' }, 404)
        const again = async (errors: FieldError[]) => {
          const typed = (field: string) => (typeof body[field] === 'string' ? body[field] : '')
          const { locale } = await sites.byKey('default')
          return page(
            {
              state: 'form',
              values: { name: typed('name'), email: typed('email') },
              errors: accountFieldTexts({ errors, t: translator(locale) }),
            },
            422,
          )
        }
        const person = NewPerson.safeParse(body)
        if (!person.success) return again(fieldErrors(person.error))
        try {
          if (!(await setup.createOwner({ token, person: person.data }))) return page({ state: 'invalid' }, 404)
        } catch (error) {
          if (!EmailTaken.is(error)) throw error
          return again([{ field: 'email', message: 'is taken' }])
        }
        const place = mail.smtp
          ? { kind: 'smtp' as const, address: person.data.email }
          : { kind: 'files' as const, folder: mailFolder(mail.dataDir) }
        return page(
          {
            state: 'done',
            name: person.data.name,
            demoHref: '/demo',
            exportHref: '/api/v1/sites/default/export?format=csv',
            docsHref: '/docs',
            mail: place,
          },
          201,
        )
      },
    }),
  ]
}
