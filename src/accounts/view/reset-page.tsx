import type { FieldError } from '../../errors.ts'
import { errorOf, ErrorSummary, Field } from '../../http/form-parts.tsx'
import { Masthead } from '../../http/page-parts.tsx'
import { renderPage } from '../../http/page.tsx'
import type { Speech, Translate } from '../../locales/index.ts'
import { PASSWORD_MINIMUM } from './setup-page.tsx'

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
  return renderPage({
    locale,
    title: `${title} – ${siteName}`,
    noindex: true,
    children: (
      <>
        <Masthead name={siteName} />
        <main>
          <h1>{title}</h1>
          <Content page={page} t={t} />
        </main>
      </>
    ),
  })
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
        <Field
          id="password"
          name="password"
          type="password"
          label={t('setup.password')}
          required
          minlength={PASSWORD_MINIMUM}
          maxlength={200}
          autocomplete="new-password"
          hint={t('setup.passwordHint')}
          error={errorOf(errors, 'password')}
        />
        <button type="submit">{t('reset.title')}</button>
      </form>
    </>
  )
}
