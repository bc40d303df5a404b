import type { Verdict } from '../spam/verdict.ts'
import { Problem } from '../errors.ts'
import type { PendingSubmission } from './pending-submission.ts'
import type { SubmissionContext } from './submission-context.ts'

/** What refuses a submission before anything is stored, told as verdicts. */
export function refusalsOf({
  pendingSubmission,
  context,
}: {
  pendingSubmission: PendingSubmission
  context: SubmissionContext
}): Verdict[] {
  return REFUSALS.flatMap(({ refuse, ...verdict }) =>
    isRefused(() => refuse(context, pendingSubmission)) ? [{ ...verdict, outcome: 'reject' as const }] : [],
  )
}

const REFUSALS = [
  {
    check: 'closed',
    code: 'thread-closed',
    reason: 'the article takes no more comments',
    refuse: (context: SubmissionContext, submission: PendingSubmission) => void context.placeOf(submission),
  },
  {
    check: 'ban',
    code: 'banned',
    reason: 'the address or network is banned',
    refuse: (context: SubmissionContext, submission: PendingSubmission) => context.refuseBanned(submission),
  },
  {
    check: 'flood',
    code: 'too-fast',
    reason: 'the author left another comment a moment ago',
    refuse: (context: SubmissionContext, submission: PendingSubmission) => context.refuseFlood(submission),
  },
] as const

function isRefused(refuse: () => void): boolean {
  try {
    refuse()
    return false
  } catch (error) {
    if (error instanceof Problem) return true
    throw error
  }
}
