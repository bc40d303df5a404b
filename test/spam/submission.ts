import { sanitizeComment } from '../../src/markup/sanitize.ts'
import type { Rules, Submission } from '../../src/spam/verdict.ts'

/** A harmless reply; `html` and `links` follow from `body`, as on the way in. */
export function submissionOf(changes: Partial<Submission> = {}): Submission {
  const body = changes.body ?? 'Terima kasih, tulisan yang bagus.'
  return {
    name: 'Budi Santoso',
    email: 'budi@contoh.example',
    website: null,
    title: null,
    url: 'https://news.example/artikel',
    body,
    ...sanitizeComment({ body }),
    honeypot: '',
    authorIsKnown: false,
    isEdit: false,
    ...changes,
  }
}

/** A site that publishes at once, so that only the check under test can stop a comment. */
export function rulesOf(changes: Partial<Rules> = {}): Rules {
  return { mode: 'publish-all', maxLinks: 2, holdWords: [], rejectWords: [], judging: { disguise: 'hold' }, ...changes }
}
