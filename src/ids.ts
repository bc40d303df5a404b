import { v7 } from 'uuid'

let last = { ms: 0, sequence: 0 }

/**
 * A new UUIDv7 (RFC 9562) for a row made at the given time. Ids made in one process sort in the order in which they were made,
 * also within a millisecond.
 */
export function newId(at: Date): string {
  const ms = at.getTime()
  const sequence = ms === last.ms ? last.sequence + 1 : Math.floor(Math.random() * 0x4000_0000)
  last = { ms, sequence }
  return v7({ msecs: ms, seq: sequence })
}

/** The lowest id that a row made at the given time can have: `id >= lowestIdAt(t)` selects what came at t or later. */
export function lowestIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** When the row with this id was made, in milliseconds. */
export const timeOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** An id in hexadecimal digits alone: of a fixed width, and sorted alike in any collation. */
export const withoutDashes = (id: string) => id.replaceAll('-', '')
