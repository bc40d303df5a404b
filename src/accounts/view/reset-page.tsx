import type { FieldError } from '../../errors.ts'
import { ErrorSummary } from '../../http/form-parts.tsx'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Speech, Translate } from '../../locales/index.ts'
import { PasswordField } from './account-fields.tsx'

export type ResetPageState =
  /** The form posts to its own address; a password is never put back into it. */
  | { state: 'form'; errors?: FieldError[] }
  | { state: 'done'; signInHref: string; hasPasskeys: boolean }
  /** Used, too old, or of an account that is gone. */
  | { state: 'invalid' }

export type ResetPageProps = Pick<Speech, 't' | 'locale'> & { siteName: string } & ResetPageState

/** The page behind the link for who forgot the password. */
export function resetPage({ t, locale, siteName, ...page }: ResetPageProps): string {
  const title = t(page.state === 'invalid' ? 'setup.invalid' : 'reset.title')
  return renderSmallPage({ locale, siteName, title, children: <Content page={page} t={t} /> })
}

function Content({ page, t }: { page: ResetPageState; t: Translate }) {
  if (page.state === 'invalid') return <p class="lead">{t('reset.invalid')}</p>
  if (page.state === 'done') {
    return (
      <>
        <p class="lead" role="status">
          {t('reset.done')}
        </p>
        {page.hasPasskeys && <p>{t('reset.passkeys')}</p>}
        <p>
          <a href={page.signInHref}>{t('invite.signIn')}</a>
        </p>
      </>
    )
  }
  const { errors = [] } = page
  return (
    <>
      {errors.length > 0 && <ErrorSummary message={t('reset.failed')} errors={errors} idOf={(field) => field} />}
      <p class="lead">{t('reset.text')}</p>
      <form method="post">
        <PasswordField t={t} errors={errors} />
        <button type="submit">{t('reset.title')}</button>
      </form>
    </>
  )
}
