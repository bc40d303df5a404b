import { textOf } from '../markup/sanitize.ts'
import { fold } from './fold.ts'
import type { Check, Submission } from './verdict.ts'

/**
 * "Your email address will not be published" is kept against the author's own browser too, which may fill it in where it does not belong:
 * a comment that holds it is held. The address itself stands in no verdict.
 */
export const ownAddress: Check = {
  name: 'own-address',
  judge({ submission }) {
    const address = fold(submission.email).trim()
    const field = address === '' ? undefined : fieldsOf(submission).find(([, text]) => holds(text, address))?.[0]
    if (field === undefined) return null
    return { check: 'own-address', outcome: 'hold', code: 'own-address', reason: "holds the author's own e-mail address", facts: { field } }
  },
}

const fieldsOf = ({ name, body, html, title, website, url }: Submission): [field: string, text: string][] => [
  ['name', name],
  ['body', body],
  ['body', textOf(html)],
  ['title', title ?? ''],
  ['website', website ?? ''],
  ['url', url],
]

/** As it is, or as it stands in an address. */
const holds = (text: string, address: string): boolean => {
  const folded = fold(text)
  return folded.includes(address) || folded.includes(encodeURIComponent(address).toLowerCase())
}
