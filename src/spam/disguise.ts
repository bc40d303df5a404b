import { textOf } from '../markup/sanitize.ts'
import { read } from './reading/reading.ts'
import type { Check } from './verdict.ts'

/** Letters in disguise that are no slip. */
const LETTERS = 2
/** Letters in a row, each apart from the next. */
const SPELLED = 4

/** Whether letters of a text wear masks: some of them, as who writes all of a text in another style hides nothing; or a word is spelled apart. */
export function isDisguised(text: string): boolean {
  const { disguised, plain, spelled } = read(text)
  return (disguised >= LETTERS && plain * 10 > disguised) || spelled >= SPELLED
}

/**
 * Speaks where name or text is written so that people read what programs should not: two letters or more that are no letters of their word,
 * or four that stand apart. Good comments hardly do it, and half of the advertising for gambling does.
 */
export const disguise: Check = {
  name: 'disguise',
  judge({ submission, rules }) {
    const outcome = rules.judging.disguise
    if (outcome === 'off') return null
    const field = isDisguised(textOf(submission.html)) ? 'body' : isDisguised(submission.name) ? 'name' : null
    if (field === null) return null
    return { check: 'disguise', outcome, code: 'disguise', reason: 'letters are disguised', facts: { field } }
  },
}
