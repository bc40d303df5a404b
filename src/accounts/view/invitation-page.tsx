import type { FieldError } from '../../errors.ts'
import { ErrorSummary } from '../../http/form-parts.tsx'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Speech, Translate } from '../../locales/index.ts'
import { NameField, PasswordField } from './account-fields.tsx'

export type InvitationPageState =
  /** For an address without an account. The form posts to its own address; a password is never put back into it. */
  | { state: 'form'; email: string; name?: string; errors?: FieldError[] }
  /** For the account with that address, which is signed in: a button. */
  | { state: 'accept'; email: string }
  /** There is such an account, and somebody else or nobody is signed in. */
  | { state: 'sign-in'; email: string; signInHref: string }
  | { state: 'done'; name: string; signInHref: string }
  /** Used, expired, replaced or revoked. */
  | { state: 'invalid' }

export type InvitationPageProps = Pick<Speech, 't' | 'locale'> & { siteName: string } & InvitationPageState

/** The page behind an invitation's link. */
export function invitationPage({ t, locale, siteName, ...page }: InvitationPageProps): string {
  const { title, content } = show(page, t, siteName)
  return renderSmallPage({ locale, siteName, title, children: content })
}

function show(page: InvitationPageState, t: Translate, site: string) {
  const title = t('invite.title', { site })
  switch (page.state) {
    case 'form':
      return { title, content: <AccountForm page={page} t={t} /> }
    case 'accept':
      return {
        title,
        content: (
          <form method="post">
            <p class="lead">{t('invite.for', { email: page.email })}</p>
            <input type="hidden" name="accept" value="1" />
            <button type="submit">{t('invite.accept')}</button>
          </form>
        ),
      }
    case 'sign-in':
      return {
        title,
        content: (
          <>
            <p class="lead">{t('invite.signInFirst', { email: page.email })}</p>
            <p>
              <a href={page.signInHref}>{t('invite.signIn')}</a>
            </p>
          </>
        ),
      }
    case 'done':
      return {
        title: t('setup.done', { name: page.name }),
        content: (
          <>
            <p class="lead" role="status">
              {t('invite.done', { site })}
            </p>
            <p>
              <a href={page.signInHref}>{t('invite.signIn')}</a>
            </p>
          </>
        ),
      }
    case 'invalid':
      return { title: t('setup.invalid'), content: <p class="lead">{t('invite.invalid')}</p> }
  }
}

function AccountForm({ page: { email, name, errors = [] }, t }: { page: Extract<InvitationPageState, { state: 'form' }>; t: Translate }) {
  return (
    <>
      {errors.length > 0 && <ErrorSummary message={t('setup.failed')} errors={errors} idOf={fieldId} />}
      <p class="lead">{t('invite.for', { email })}</p>
      <form method="post">
        <p class="soft">{t('form.required')}</p>
        <NameField t={t} errors={errors} value={name} />
        <PasswordField t={t} errors={errors} />
        <button type="submit">{t('setup.submit')}</button>
      </form>
    </>
  )
}

const fieldId = (field: string) => ['name', 'password'].find((id) => id === field)
