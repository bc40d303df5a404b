import { CHECKS } from './checks.ts'
import type { WordEntry } from '../sites/word-lists.ts'
import type { Outcome, VerdictCode } from './codes.ts'

export type { Outcome } from './codes.ts'

/** Stored as JSON with the comment and shown to moderators. */
export interface Verdict {
  check: string
  outcome: Outcome
  /** What was found, for programs and for the sentences of all languages. */
  code: VerdictCode
  /** A short English sentence naming the facts, always the same for the same facts. Never holds the reader's address. */
  reason: string
  /** The same facts by name, for the sentences. */
  facts?: Record<string, string | number>
}

/** All that a check may look at: pure data. */
export interface Submission {
  name: string
  email: string
  website: string | null
  /** The article's title as the page gave it. */
  title: string | null
  /** The article's address. */
  url: string
  /** As typed. */
  body: string
  /** As sanitised. */
  html: string
  /** How many links `html` holds. */
  links: number
  /** What stood in the hidden field; people leave it empty. */
  honeypot: string
  /** An approved comment by the same e-mail AND the same browser exists on this site; a typed e-mail alone proves nothing. */
  authorIsKnown: boolean
  isEdit: boolean
}

/** The site's settings that checks go by. */
export interface Rules {
  mode: 'hold-all' | 'hold-first' | 'publish-all'
  /** This many links or more are held; 0 holds none for its links (as WordPress). */
  maxLinks: number
  holdWords: readonly WordEntry[]
  rejectWords: readonly WordEntry[]
  judging: { disguise: 'hold' | 'spam' | 'off' }
}

/** One rule that can be read. `judge` is pure and synchronous, and answers null when it has nothing to say. */
export interface Check {
  name: string
  judge(input: { submission: Submission; rules: Rules }): Verdict | null
}

export type JudgedStatus = 'approved' | 'pending' | 'spam' | 'rejected'

/**
 * Runs every check over a submission and keeps every verdict, so that moderators see all that was found, not only what came first.
 * A check that throws holds the comment.
 *
 * @example judge({ submission, rules }) // { status: 'pending', verdicts: [{ check: 'site-mode', outcome: 'hold', reason: '…' }] }
 */
export function judge({ submission, rules, checks = CHECKS }: { submission: Submission; rules: Rules; checks?: readonly Check[] }): {
  status: JudgedStatus
  verdicts: Verdict[]
} {
  const verdicts = checks.map((check) => verdictOf({ check, submission, rules })).filter((verdict) => verdict !== null)
  return { status: statusOf(verdicts), verdicts }
}

/** The status that verdicts lead to: the most severe outcome wins (spam, reject, hold, approve); none at all waits for a person. */
export function statusOf(verdicts: readonly Verdict[]): JudgedStatus {
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome))
  if (outcomes.has('spam')) return 'spam'
  if (outcomes.has('reject')) return 'rejected'
  if (outcomes.has('hold')) return 'pending'
  return outcomes.has('approve') ? 'approved' : 'pending'
}

function verdictOf({ check, submission, rules }: { check: Check; submission: Submission; rules: Rules }): Verdict | null {
  try {
    return check.judge({ submission, rules })
  } catch {
    return { check: check.name, outcome: 'hold', code: 'check-failed', reason: 'the check failed' }
  }
}
