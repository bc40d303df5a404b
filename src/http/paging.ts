import { z } from 'zod'
import { InvalidFields } from '../errors.ts'

/** The `limit` that every list takes: 1 to 100, 50 when absent. */
export const Limit = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(100, 'must be 100 or less')
  .default(50)
  .meta({ description: 'How many items a page has' })

export const Cursor = z.string().max(1000).optional().meta({ description: '`nextCursor` of the page before; opaque' })

/** The cursor that continues after an item at the given place. */
export const toCursor = (place: string) => Buffer.from(place).toString('base64url')

/** @throws InvalidFields when it is none of ours */
export function fromCursor(cursor: string | undefined, pattern: RegExp): string | undefined {
  if (cursor === undefined || cursor === '') return undefined
  const place = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!pattern.test(place)) throw InvalidFields(undefined, { errors: [{ field: 'cursor', message: 'is not a cursor of this list' }] })
  return place
}

/** Cuts a list that was asked for one item more than fits, and gives the cursor of the next page. */
export function page<Item>({ items, limit, placeOf }: { items: Item[]; limit: number; placeOf: (item: Item) => string }) {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, nextCursor: items.length > limit && last !== undefined ? toCursor(placeOf(last)) : null }
}
