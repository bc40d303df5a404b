import type { FieldError } from '../../errors.ts'
import { Field, errorOf } from '../../http/form-parts.tsx'
import type { Translate } from '../../locales/index.ts'

/** What was typed, or is remembered, under the API's names. */
export interface ReplyValues {
  name?: string | undefined
  email?: string | undefined
  website?: string | undefined
  body?: string | undefined
  remember?: boolean | undefined
  followReplies?: boolean | undefined
}

export interface ReplyFormProps {
  t: Translate
  /** Where the form is sent. */
  action: string
  articleUrl: string
  /** Where the form that was filled in first says that its reader should land. */
  redirectTo?: string | undefined
  title?: string | null | undefined
  /** The site sends mails about replies, in the page's language. */
  mails?: { locale: string } | undefined
  /** Makes a second click, or a second try on a bad line, the same reply. */
  idempotencyKey: string
  /** The comment that is replied to. */
  parent?: { id: string; name: string } | undefined
  /** Leads back to the form for a comment of its own, when replying. */
  cancelHref?: string | undefined
  values?: ReplyValues | undefined
  /** Fields by the API's names. */
  errors?: FieldError[] | undefined
}

/** WordPress's comment form, with its field names, as readers know it. */
export function ReplyForm({ t, values = {}, errors = [], parent, ...form }: ReplyFormProps) {
  return (
    <section class="respond" id="respond" aria-labelledby="reply-title">
      <h2 id="reply-title">{parent ? t('form.titleTo', { name: parent.name }) : t('form.title')}</h2>
      {parent && form.cancelHref && (
        <p class="meta">
          <a href={form.cancelHref}>{t('form.cancel')}</a>
        </p>
      )}
      <form method="post" accept-charset="utf-8" action={form.action} id="commentform">
        <p class="soft">
          <span id="email-notes">{t('form.privacy')}</span> {t('form.required')}
        </p>
        <Field
          id={FIELD_IDS.body}
          name="comment"
          label={t('form.comment')}
          multiline
          required
          maxlength={16_384}
          value={values.body}
          error={errorOf(errors, 'body')}
        />
        <div class="pair">
          <Field
            id={FIELD_IDS.name}
            name="author"
            label={t('form.name')}
            required
            maxlength={245}
            autocomplete="name"
            value={values.name}
            error={errorOf(errors, 'name')}
          />
          <Field
            id={FIELD_IDS.email}
            name="email"
            type="email"
            label={t('form.email')}
            required
            maxlength={100}
            autocomplete="email"
            describedBy="email-notes"
            value={values.email}
            error={errorOf(errors, 'email')}
          />
        </div>
        <Field
          id={FIELD_IDS.website}
          name="url"
          type="url"
          label={t('form.website')}
          maxlength={200}
          autocomplete="url"
          value={values.website}
          error={errorOf(errors, 'website')}
        />
        <p class="check">
          <input
            id="wp-comment-cookies-consent"
            name="wp-comment-cookies-consent"
            type="checkbox"
            value="yes"
            checked={values.remember === true}
          />
          <label for="wp-comment-cookies-consent">{t('form.remember')}</label>
        </p>
        {form.mails && (
          <p class="check">
            <input id="follow-replies" name="followReplies" type="checkbox" value="yes" checked={values.followReplies === true} />
            <label for="follow-replies">{t('form.follow')}</label>
            <input type="hidden" name="locale" value={form.mails.locale} />
          </p>
        )}
        <Honeypot label={t('form.honeypot')} />
        <input type="hidden" name="comment_post_url" value={form.articleUrl} />
        {form.redirectTo && <input type="hidden" name="redirect_to" value={form.redirectTo} />}
        <input type="hidden" name="title" value={form.title ?? ''} />
        <input type="hidden" name="comment_parent" value={parent?.id ?? ''} />
        <input type="hidden" name="idempotencyKey" value={form.idempotencyKey} />
        <button type="submit">{t('form.submit')}</button>
      </form>
    </section>
  )
}

/** The ids of the form's controls by the API's names of the fields; WordPress's ids, which sites' scripts may know. */
const FIELD_IDS = { body: 'comment', name: 'author', email: 'email', website: 'url' } as const

/** The id of the control that an error is about, if the form shows one for it. */
export const replyFieldId = (field: string): string | undefined => Object.entries(FIELD_IDS).find(([name]) => name === field)?.[1]

/** A field that people neither see nor reach; what fills it in is a program. */
function Honeypot({ label }: { label: string }) {
  return (
    <p class="hidden" aria-hidden="true">
      <label for="message_topic">{label}</label>
      <input id="message_topic" name="message_topic" type="text" tabindex={-1} autocomplete="off" />
    </p>
  )
}
