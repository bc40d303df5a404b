import { bulkRows } from '../../database/bulk-insert.ts'
import type { Database } from '../../database/connect.ts'
import { timeOf } from '../../ids.ts'
import type { ExternalRecord, RedirectRecord } from '../records.ts'
import type { NameChunk, RedirectChunk } from './chunk.ts'
import { knownComments } from './known-store.ts'
import { idOf } from './stable-id.ts'
import type { Stage } from './stage.ts'

const AT_ONCE = 500
/** Redirects made by one transaction. */
const PAIRS = 100

interface Preparing {
  stage: Stage
  client: Database['read']
  provider: Database['provider']
  siteId: string
}

interface NameRow {
  n: number
  record: string
  id: string | null
  outcome: string | null
}

/** Earlier names of a file of ours, once its comments have their places: of those that came in, and of those that had been deleted there. */
export async function* nameChunks({ stage: { db }, client, provider, siteId }: Preparing): AsyncGenerator<NameChunk, void> {
  const page = db.prepare<[number], NameRow>(
    `SELECT e.n, e.record, p.id, p.outcome FROM external e LEFT JOIN comment c ON c.name = e.comment LEFT JOIN plan p ON p.n = c.n
     WHERE e.n > ? ORDER BY e.n LIMIT ${AT_ONCE}`,
  )
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.n ?? 0)) {
    const records = rows.map((row) => ({ ...row, record: JSON.parse(row.record) as ExternalRecord }))
    const gone = records.filter(({ id }) => id === null).map(({ record }) => record.commentId)
    const taken = await knownComments(client, gone)
    // Of one that was deleted there the id is only a mark; it must not be that of another site's comment.
    const isElsewhere = (id: string) => (taken.get(id)?.siteId ?? siteId) !== siteId
    const names = records
      .filter(({ outcome }) => outcome !== 'refused')
      .map(({ id, record: { source, origin, name, commentId, hash, version } }) => ({
        siteId,
        source,
        origin,
        name,
        commentId:
          id ?? (isElsewhere(commentId) ? idOf({ at: new Date(timeOf(commentId)), place: 0, of: `${siteId}\n${name}` }) : commentId),
        hash,
        version,
      }))
    yield { type: 'names', rows: bulkRows({ provider, table: 'ExternalId', rows: names }) }
  }
}

/** Addresses that lead elsewhere, from a file of ours. */
export function* redirectChunks({ stage: { db } }: Pick<Preparing, 'stage'>): Generator<RedirectChunk, void> {
  const page = db.prepare<[number], { n: number; record: string }>(`SELECT n, record FROM redirect WHERE n > ? ORDER BY n LIMIT ${PAIRS}`)
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.n ?? 0))
    yield { type: 'redirects', pairs: rows.map(({ record }) => JSON.parse(record) as RedirectRecord) }
}
