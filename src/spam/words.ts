import { LRUCache } from 'lru-cache'
import { textOf as plainText } from '../markup/sanitize.ts'
import { textOf, type WordEntry } from '../sites/word-lists.ts'
import type { Check, Submission, Verdict } from './verdict.ts'
import { type Searched, searched, type WordFinder, wordFinder } from './word-finder.ts'

/**
 * The site's two word lists, WordPress's "Comment Moderation" and "Disallowed Comment Keys": a word or phrase per entry, looked for in name,
 * e-mail, website and text; literal, never a pattern. Unlike WordPress, an entry is a whole word unless it says otherwise, so that `asu` is
 * not found in "Kasus"; and it is found in any disguise in which a person still reads it (reading/).
 */
export const rejectWords: Check = {
  name: 'reject-words',
  judge({ submission, rules }) {
    const hit = findWord({ submission, words: rules.rejectWords })
    return hit && { check: 'reject-words', outcome: 'reject', ...describe({ ...hit, list: 'reject', kind: 'rejected' }) }
  },
}

/** See `rejectWords`. */
export const holdWords: Check = {
  name: 'hold-words',
  judge({ submission, rules }) {
    const hit = findWord({ submission, words: rules.holdWords })
    return hit && { check: 'hold-words', outcome: 'hold', ...describe({ ...hit, list: 'hold', kind: 'held' }) }
  },
}

interface Found {
  word: string
  /** What it was found in. */
  found: string
  field: 'name' | 'email' | 'website' | 'body'
}

function findWord({ submission, words }: { submission: Submission; words: readonly WordEntry[] }): Found | null {
  if (words.length === 0) return null
  const finder = finderFor(words)
  for (const { field, text } of fieldsOf(submission)) {
    const hit = finder.find(text)
    if (hit) return { word: textOf(words[hit.index] ?? '').trim(), found: hit.found, field }
  }
  return null
}

/** Read once for both lists. */
const read = new WeakMap<Submission, { field: Found['field']; text: Searched }[]>()

/** The text both as typed (addresses inside tags) and as read (`ju<b></b>di`). */
function fieldsOf(submission: Submission): { field: Found['field']; text: Searched }[] {
  const known = read.get(submission)
  if (known) return known
  const { name, email, website, body, html } = submission
  const shown = plainText(html)
  const texts: [Found['field'], string][] = [
    ['name', name],
    ['email', email],
    ['website', website ?? ''],
    ['body', body],
    ['body', shown],
  ]
  const distinct = shown === body ? texts.slice(0, -1) : texts
  const made = distinct.map(([field, text]) => ({ field, text: searched(text) }))
  read.set(submission, made)
  return made
}

/** A word found in the e-mail address is not named: verdicts are stored in the clear, and the word may be the address itself. */
function describe({
  word,
  found,
  field,
  list,
  kind,
}: Found & { list: 'reject' | 'hold'; kind: string }): Pick<Verdict, 'code' | 'reason' | 'facts'> {
  if (field === 'email') return { code: `${list}-word-in-email`, reason: `contains a ${kind} word in the e-mail address`, facts: { field } }
  const where = field === 'body' ? '' : ` in the ${field}`
  const isAsListed = found.toLowerCase() === word.toLowerCase()
  const reason = `contains the ${kind} word "${word}"${where}`
  if (isAsListed) return { code: `${list}-word`, reason, facts: { word, field } }
  return { code: `${list}-word-as`, reason: `${reason}, in "${found}"`, facts: { word, field, found } }
}

/** Preparing a list of a thousand words takes milliseconds and lists seldom change. Kept by content, so a stale one is impossible. */
const finders = new LRUCache<string, WordFinder>({ max: 100 })

function finderFor(words: readonly WordEntry[]): WordFinder {
  const key = JSON.stringify(words)
  const known = finders.get(key)
  if (known !== undefined) return known
  const finder = wordFinder(words)
  finders.set(key, finder)
  return finder
}
