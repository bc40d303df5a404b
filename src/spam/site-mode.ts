import type { VerdictCode } from './codes.ts'
import type { Check, Outcome } from './verdict.ts'

/** What the site does with a comment that no other check stopped: hold all, hold first-timers, or publish. */
export const siteMode: Check = {
  name: 'site-mode',
  judge({ submission, rules }) {
    if (rules.mode === 'hold-all') return verdict('hold', 'site-holds-all', 'this site holds every comment')
    if (rules.mode === 'publish-all') return verdict('approve', 'site-publishes', 'this site publishes without waiting')
    // The approved comment that makes an author known may be the very one that is being turned into something else.
    if (submission.isEdit) return verdict('hold', 'edited', 'the comment was edited')
    if (!submission.authorIsKnown) return verdict('hold', 'first-comment', 'the first comment of this author and browser')
    return verdict('approve', 'known-author', 'the author has an approved comment from this browser')
  },
}

function verdict(outcome: Outcome, code: VerdictCode, reason: string) {
  return { check: 'site-mode', outcome, code, reason }
}
