import type { Clock } from '../clock.ts'
import { validate } from '../http/validate.ts'
import { newId } from '../ids.ts'
import { knownLocale } from '../locales/index.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'
import { fingerprintOf, indexesOf, type PendingSubmission } from './pending-submission.ts'
import { Submission } from './submission.ts'
import { htmlOfTyped } from './typed-text.ts'

export type ReadSubmission = ReturnType<typeof createReadSubmission>

/** Reads what was sent: checks its fields, and computes all that can be known before the database is asked. */
export function createReadSubmission({ sites, clock, keys }: { sites: Sites; clock: Clock; keys: Keys }) {
  /** @throws InvalidFields, and what the article's address is refused for */
  return function readSubmission({
    site,
    form,
    ip,
    browser,
    locale,
    uncounted,
    ticket,
  }: Pick<PendingSubmission, 'site' | 'ip' | 'uncounted'> & {
    /** By the API's names, not yet validated. */
    form: unknown
    browser: string | null
    locale: string | undefined
    ticket: PendingSubmission['idempotency']
  }): PendingSubmission {
    const submission = validate(Submission, form)
    const article = sites.article(site, submission.url)
    const { html, links } = htmlOfTyped(submission)
    const createdAt = clock()
    const { email, body } = submission
    return {
      id: newId(createdAt),
      createdAt,
      site,
      ...article,
      submission,
      html,
      links,
      ip,
      ...indexesOf({ keys, siteId: site.id, email, browser: submission.browser ?? browser, ip }),
      fingerprint: fingerprintOf({ keys, siteId: site.id, key: article.key, email, body }),
      locale: knownLocale(submission.locale) ?? locale ?? site.locale,
      uncounted,
      idempotency: ticket,
    }
  }
}
