import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../access/principal.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import { type FieldChange, insertSiteChange, siteChanges } from './history-store.ts'
import type { Site } from './store.ts'

const ID = /^[0-9a-f-]{36}$/

/** Who changes a site when it is no person and no key: a command, or the program itself. */
export const SYSTEM: Actor = { id: 'system', name: 'system' }

/** Writes down who changed what of a site; nothing when nothing is different. */
export async function recordChange(
  tx: Transaction,
  { before, after, actor, at }: { before: Site; after: Site; actor: Actor; at: Date },
): Promise<void> {
  const fields = differences(before, after)
  if (fields.length === 0) return
  await insertSiteChange(tx, { id: newId(at), siteId: after.id, at, actorId: actor.id, actorName: actor.name, fields })
}

/** A page of a site's changes, newest first. */
export async function siteHistory({
  db,
  siteId,
  cursor,
  limit,
}: {
  db: Database
  siteId: string
  cursor?: string | undefined
  limit: number
}) {
  const rows = await siteChanges(db.read, { siteId, after: fromCursor(cursor, ID), take: limit + 1 })
  const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
  return { changes: items.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor }
}

function differences(before: Site, after: Site): FieldChange[] {
  const [from, to] = [fieldsOf(before), fieldsOf(after)]
  return Object.keys(to)
    .filter((field) => !isDeepStrictEqual(from[field], to[field]))
    .map((field) => ({ field, from: from[field], to: to[field] }))
}

/** All that can be changed of a site, by the names of the API; a setting that was never set counts as its default. */
const fieldsOf = ({ name, locale, allowedOrigins, settings }: Site): Record<string, unknown> => ({
  name,
  locale,
  allowedOrigins,
  ...named('settings', settings),
})

/** Each member by its whole name, those of objects inside too: `settings.judging.disguise`. */
const named = (prefix: string, values: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(named(`${prefix}.${name}`, value))
        : [[`${prefix}.${name}`, value]],
    ),
  )
