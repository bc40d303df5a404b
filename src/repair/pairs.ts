import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { InvalidFields } from '../errors.ts'
import { validate } from '../http/validate.ts'
import type { Pair } from './repairs.ts'

const MOST_PAIRS = 10_000
const LONGEST = 4000

const Address = z.string().trim().min(1, 'is required').max(LONGEST)

const Listed = z.object({
  pairs: z
    .array(z.object({ from: Address, to: Address }))
    .min(1, 'must name at least one pair')
    .max(MOST_PAIRS),
})
const Table = z.string().meta({ description: 'A table (CSV): the old address, then the new one; a first line `from,to` may stand above' })

/** Old addresses and those that take them over, as documented; `pairsOf` validates, so that each field is named. */
export const Pairs = z.union([Listed, Table])

/** @throws InvalidFields naming what is wrong, or the line of a table that cannot be read */
export const pairsOf = (body: unknown): Pair[] => (typeof body === 'string' ? readTable(body) : validate(Listed, body).pairs)

function readTable(text: string): Pair[] {
  const rows = rowsOf(text)
  const [first] = rows
  const hasHead = first?.[0]?.toLowerCase() === 'from' && first[1]?.toLowerCase() === 'to'
  const pairs = (hasHead ? rows.slice(1) : rows).map(([from = '', to = '']): Pair => ({ from, to }))
  if (pairs.length === 0) throw unreadable('has no line')
  if (pairs.length > MOST_PAIRS) throw unreadable(`has more than ${MOST_PAIRS.toLocaleString('en')} lines`)
  return pairs
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: [',', ';', '\t'],
      max_record_size: 2 * LONGEST,
    })
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : 'cannot be read')
  }
}

const unreadable = (message: string) => InvalidFields(undefined, { errors: [{ field: 'body', message }] })
