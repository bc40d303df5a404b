import { LRUCache } from 'lru-cache'
import { textOf } from '../markup/sanitize.ts'
import { fold } from './fold.ts'
import { phraseFinder, type PhraseFinder } from './phrases.ts'
import type { Check, Submission, Verdict } from './verdict.ts'

/**
 * The site's two word lists, WordPress's "Comment Moderation" and "Disallowed Comment Keys": one word or phrase per entry, matched
 * anywhere inside name, e-mail, website and text, so `press` is found in `WordPress`; literal, never a pattern; blank entries match
 * nothing. Unlike WordPress, case, width, invisible characters and markup inside a word make no difference (see `fold`).
 */
export const rejectWords: Check = {
  name: 'reject-words',
  judge({ submission, rules }) {
    const found = findWord({ submission, words: rules.rejectWords })
    return found && { check: 'reject-words', outcome: 'reject', ...describe({ ...found, list: 'reject', kind: 'rejected' }) }
  },
}

/** See `rejectWords`. */
export const holdWords: Check = {
  name: 'hold-words',
  judge({ submission, rules }) {
    const found = findWord({ submission, words: rules.holdWords })
    return found && { check: 'hold-words', outcome: 'hold', ...describe({ ...found, list: 'hold', kind: 'held' }) }
  },
}

interface Found {
  word: string
  field: 'name' | 'email' | 'website' | 'body'
}

function findWord({ submission, words }: { submission: Submission; words: readonly string[] }): Found | null {
  if (words.length === 0) return null
  const finder = finderFor(words)
  for (const { field, text } of fieldsOf(submission)) {
    const index = finder.find(fold(text))
    if (index !== null) return { word: words[index]?.trim() ?? '', field }
  }
  return null
}

/** The text both as typed (addresses inside tags) and as read (`ju<b></b>di`). */
function fieldsOf({ name, email, website, body, html }: Submission): { field: Found['field']; text: string }[] {
  return [
    { field: 'name', text: name },
    { field: 'email', text: email },
    { field: 'website', text: website ?? '' },
    { field: 'body', text: body },
    { field: 'body', text: textOf(html) },
  ]
}

/** A word found in the e-mail address is not named: verdicts are stored in the clear, and the word may be the address itself. */
function describe({
  word,
  field,
  list,
  kind,
}: Found & { list: 'reject' | 'hold'; kind: string }): Pick<Verdict, 'code' | 'reason' | 'facts'> {
  if (field === 'email') return { code: `${list}-word-in-email`, reason: `contains a ${kind} word in the e-mail address`, facts: { field } }
  const where = field === 'body' ? '' : ` in the ${field}`
  return { code: `${list}-word`, reason: `contains the ${kind} word "${word}"${where}`, facts: { word, field } }
}

/** Preparing a list of a thousand words takes milliseconds and lists seldom change. Kept by content, so a stale one is impossible. */
const finders = new LRUCache<string, PhraseFinder>({ max: 100 })

function finderFor(words: readonly string[]): PhraseFinder {
  const key = JSON.stringify(words)
  const known = finders.get(key)
  if (known !== undefined) return known
  const finder = phraseFinder(words.map((word) => fold(word).trim()))
  finders.set(key, finder)
  return finder
}
