import type { Check } from './verdict.ts'

/** Programs that fill in every field of a form give themselves away by the one that people cannot see. */
export const honeypot: Check = {
  name: 'honeypot',
  judge({ submission }) {
    if (submission.honeypot === '') return null
    return { check: 'honeypot', outcome: 'spam', code: 'hidden-field', reason: 'the hidden field was filled in' }
  },
}
