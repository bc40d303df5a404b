import type { FieldError } from '../../errors.ts'
import { errorOf, ErrorSummary, Field } from '../../http/form-parts.tsx'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Speech, Translate } from '../../locales/index.ts'
import { NameField, PasswordField } from './account-fields.tsx'

export type SetupPageState =
  /** The form posts to its own address. A password is never put back into it. */
  | { state: 'form'; values?: { name?: string; email?: string }; errors?: FieldError[] }
  | { state: 'done'; name: string; demoHref: string; exportHref: string; docsHref: string; mail: MailPlace }
  /** Used, unknown or overtaken by another owner. */
  | { state: 'invalid' }

/** Where mails about held comments go. */
export type MailPlace = { kind: 'smtp'; address: string } | { kind: 'files'; folder: string }

export type SetupPageProps = Pick<Speech, 't' | 'locale'> & { siteName: string } & SetupPageState

/** The page that makes the first owner, and tells what to do next. */
export function setupPage({ t, locale, siteName, ...page }: SetupPageProps): string {
  const { title, content } = show(page, t)
  return renderSmallPage({ locale, siteName, title, children: content })
}

function show(page: SetupPageState, t: Translate) {
  switch (page.state) {
    case 'form':
      return { title: t('setup.title'), content: <OwnerForm page={page} t={t} /> }
    case 'done':
      return { title: t('setup.done', { name: page.name }), content: <NextSteps page={page} t={t} /> }
    case 'invalid':
      return { title: t('setup.invalid'), content: <p class="lead">{t('setup.invalidText')}</p> }
  }
}

interface PartProps<State extends SetupPageState['state']> {
  page: Extract<SetupPageState, { state: State }>
  t: Translate
}

function OwnerForm({ page: { values = {}, errors = [] }, t }: PartProps<'form'>) {
  return (
    <>
      {errors.length > 0 && <ErrorSummary message={t('setup.failed')} errors={errors} idOf={fieldId} />}
      <p class="lead">{t('setup.intro')}</p>
      <form method="post">
        <p class="soft">{t('form.required')}</p>
        <NameField t={t} errors={errors} value={values.name} />
        <Field
          id="email"
          name="email"
          type="email"
          label={t('setup.email')}
          required
          maxlength={100}
          autocomplete="email"
          value={values.email}
          error={errorOf(errors, 'email')}
        />
        <PasswordField t={t} errors={errors} />
        <button type="submit">{t('setup.submit')}</button>
      </form>
    </>
  )
}

const fieldId = (field: string) => ['name', 'email', 'password'].find((id) => id === field)

function NextSteps({ page, t }: PartProps<'done'>) {
  return (
    <>
      <p class="lead" role="status">
        {t('setup.doneText')}
      </p>
      <ol class="steps">
        <li>
          <a href={page.demoHref}>{t('setup.try')}</a>
          <p>{t('setup.tryText')}</p>
        </li>
        <li>
          <strong>{t('setup.mail')}</strong>
          <p>{page.mail.kind === 'smtp' ? t('setup.mailSmtp', { address: page.mail.address }) : t('setup.mailFiles')}</p>
          {page.mail.kind === 'files' && (
            <p>
              <code dir="ltr">{page.mail.folder}</code>
            </p>
          )}
        </li>
        <li>
          <a href={page.exportHref}>{t('setup.export')}</a>
          <p>{t('setup.exportText')}</p>
        </li>
        <li>
          <a href={page.docsHref}>{t('setup.docs')}</a>
          <p>{t('setup.docsText')}</p>
        </li>
      </ol>
    </>
  )
}
