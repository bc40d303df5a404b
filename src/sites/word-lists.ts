import { z } from 'zod'

const Text = z.string().trim().min(1).max(200)

/** How an entry of a word list is looked for. */
export const matches = ['word', 'anywhere', 'squeezed'] as const
export type Match = (typeof matches)[number]

/** An entry as it is kept and shown: plain text is looked for as a word. */
export const WordEntry = z.union([Text, z.strictObject({ text: Text, match: z.enum(matches) })]).meta({
  description:
    'A word or phrase, literal and in any case. `word`: as a whole word; `anywhere`: inside others too; `squeezed`: whatever stands between its letters, for names of six letters or digits and more. Plain text keeps the match of an entry with the same text, else it is `word`',
})
export type WordEntry = z.output<typeof WordEntry>

/** Letters and digits that an entry needs for being looked for `squeezed`: shorter ones turn up by chance. */
const SQUEEZED_LEAST = 6

export const WordList = z
  .array(WordEntry)
  .max(2000)
  .superRefine((entries, context) => {
    entries.forEach((entry, index) => {
      if (matchOf(entry) === 'squeezed' && (textOf(entry).match(/[\p{L}\p{N}]/gu)?.length ?? 0) < SQUEEZED_LEAST)
        context.addIssue({ code: 'custom', path: [index], message: `needs ${SQUEEZED_LEAST} letters or digits to be matched squeezed` })
    })
  })

export const textOf = (entry: WordEntry): string => (typeof entry === 'string' ? entry : entry.text)
export const matchOf = (entry: WordEntry): Match => (typeof entry === 'string' ? 'word' : entry.match)

/** A list as it comes in, made the list to keep: plain text keeps the match of the entry that has the same text. */
export function settleWords(list: readonly WordEntry[], before: readonly WordEntry[]): WordEntry[] {
  const known = new Map(before.map((entry) => [textOf(entry), matchOf(entry)]))
  return list.map((entry) => {
    const text = textOf(entry)
    const match = typeof entry === 'string' ? (known.get(text) ?? 'word') : entry.match
    return match === 'word' ? text : { text, match }
  })
}
