import { z } from 'zod'
import { validate } from '../http/validate.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Answers } from './answers.ts'
import type { ReadSubmission } from './read-submission.ts'
import { SiteChanged } from './errors.ts'
import type { Intake } from './intake.ts'
import { LIMITS } from './submission.ts'
import type { SubmissionAnswer } from './submission-answer.ts'

const Key = z
  .string('must be text')
  .min(1)
  .max(LIMITS.key, `must be at most ${LIMITS.key} characters`)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

/** Counts a submission; false when it could not be counted. Throws when there were too many. */
export type CountSubmission = () => Promise<boolean>

export type Submit = ReturnType<typeof createSubmit>

/**
 * The way a reply comes in: idempotency, rate limit, validation; then `intake` looks for duplicates and floods, judges and stores.
 */
export function createSubmit({
  sites,
  intake,
  answers,
  readSubmission,
}: {
  sites: Sites
  intake: Intake
  answers: Answers
  readSubmission: ReadSubmission
}) {
  return async function submit({
    site,
    form,
    idempotencyKey,
    ip,
    browser,
    locale,
    count,
  }: {
    site: Site
    /** What was sent, by the API's names, not yet validated. */
    form: Record<string, unknown>
    /** From the header; the form's own field counts too. */
    idempotencyKey: string | undefined
    ip: string | null
    /** The random id in this browser's cookie, when it has one. */
    browser: string | null
    /** The language that the request asks for, when it names one that there is. */
    locale?: string | undefined
    count: CountSubmission
  }): Promise<SubmissionAnswer> {
    const { idempotencyKey: inForm, ...request } = form
    const key = idempotencyKey || (inForm === '' || inForm === null ? undefined : inForm)
    const ticket =
      key === undefined
        ? null
        : answers.ticket({
            siteId: site.id,
            key: validate(z.object({ idempotencyKey: Key }), { idempotencyKey: key }).idempotencyKey,
            request,
          })

    const work = async (): Promise<string> => {
      const counted = await count()
      const receive = async (current: Site): Promise<string> => {
        try {
          return await intake.receive(readSubmission({ site: current, form: request, ip, browser, locale, uncounted: !counted, ticket }))
        } catch (error) {
          if (!(error instanceof SiteChanged)) throw error
          return receive(await sites.reread(site.key))
        }
      }
      return receive(site)
    }
    return JSON.parse(ticket ? await answers.once(ticket, work) : await work()) as SubmissionAnswer
  }
}
