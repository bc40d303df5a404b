import { z } from 'zod'
import { reasonCodes } from './reasons.ts'
import type { Place } from './source.ts'

/** How many of each kind are named; all are counted. */
const NAMED = 10
/** Readers' reasons are few; should one ever put the file's own words into them, they do not grow without end. */
const KINDS = 40

export const Example = z.object({
  id: z.string().nullable().meta({ description: 'As the file names it' }),
  line: z.int().optional(),
  column: z.int().optional(),
  row: z.string().optional().meta({ description: 'In files that have no lines' }),
})
export type Example = z.output<typeof Example>

export const Noted = z.object({
  code: z.enum(reasonCodes).optional().meta({ description: 'Never changes; absent in reports of earlier versions' }),
  what: z.string().optional().meta({ description: "What the reason says of the file's, such as the type of a plugin's note" }),
  reason: z.string().meta({ description: 'Why, and what to do about it, in English' }),
  count: z.int(),
  examples: z.array(Example),
})
export type Noted = z.output<typeof Noted>

export type Notes = ReturnType<typeof createNotes>

/** Counts what there is to say about records of a file, by reason (reasons.ts), and names the first few of each. */
export function createNotes(begun: Noted[] = []) {
  const kinds = new Map(begun.map((kind) => [kind.reason, kind]))
  const kindOf = (reason: string): Noted => {
    const name = kinds.has(reason) || kinds.size < KINDS ? reason.slice(0, 300) : 'other'
    const kind = kinds.get(name) ?? { reason: name, count: 0, examples: [] }
    kinds.set(name, kind)
    return kind
  }
  return {
    add(reason: string, { id, at }: { id: string | null; at: Place }) {
      const kind = kindOf(reason)
      kind.count++
      if (kind.examples.length >= NAMED) return
      const { line, column, row } = at
      kind.examples.push({
        id: id?.slice(0, 200) ?? null,
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        ...(row !== undefined && { row }),
      })
    },
    /** The most frequent first. */
    list: (): Noted[] => [...kinds.values()].toSorted((one, other) => other.count - one.count),
    count: () => [...kinds.values()].reduce((sum, { count }) => sum + count, 0),
  }
}
