import { z } from 'zod'
import type { Client } from '../../database/connect.ts'
import { defineError } from '../../errors.ts'
import type { Outcome } from './outcome.ts'
import { externalRows, presentComments } from './receipt-store.ts'
import type { Stage } from './stage.ts'

/** Articles that are listed. */
const LISTED = 500
/** Articles that a sentence names. */
const NAMED = 5
const PAGE = 1000

const Difference = z.object({
  url: z.string(),
  status: z.string(),
  file: z.int().meta({ description: 'Comments that the file has' }),
  database: z.int().meta({ description: 'Comments that are here' }),
})
export type Difference = z.output<typeof Difference>

/** What the import found when it counted at its end. */
export const Receipt = z
  .object({
    ok: z.boolean(),
    articles: z.array(Difference).meta({ description: `Where the counts differ, ${LISTED} at most` }),
    comments: z.int().meta({ description: 'Comments of the file that are accounted for' }),
    here: z
      .object({ decided: z.int(), deleted: z.int() })
      .meta({ description: 'What people decided, edited or deleted here since: no difference' }),
  })
  .meta({ id: 'ImportReceipt' })
export type Receipt = z.output<typeof Receipt>

const Differs = defineError('receipt-differs', 409, 'The count of the file and the count here differ')

const STAGES = {
  planned: 'Nothing was written. This is a fault of ours, not of the file: please report it.',
  written: 'What was written before stays, and a second run takes it as already there. This is a fault of ours or of the database.',
  end: 'What came in stays, and a second run takes it as already there. This is a fault of ours or of the database.',
} as const

/** The import ends here, since the program's own counts do not agree: names the articles. */
export function ReceiptDiffers({ stage, differences }: { stage: keyof typeof STAGES; differences: Difference[] }) {
  const named = differences
    .slice(0, NAMED)
    .map(({ url, status, file, database }) => `${url} (${status}: ${file} in the file, ${database} here)`)
  const more = differences.length > NAMED ? ` and ${differences.length - NAMED} more` : ''
  return Differs(`${named.join('; ')}${more}. ${STAGES[stage]}`, { members: { articles: differences } })
}

/** The receipt of an import that ended because of a difference; null where it ended because of something else. */
export function receiptOfFailure(error: unknown): Receipt | null {
  if (!Differs.is(error)) return null
  return { ok: false, articles: error.extras.members?.['articles'] as Difference[], comments: 0, here: { decided: 0, deleted: 0 } }
}

/**
 * Holds the plan against the count that was taken while the file was read: by article and status, every comment is planned or was left out
 * for a reason. Returns where it is not so.
 */
export const planDifferences = ({ db }: Stage): Difference[] => db.prepare<[], Difference>(DIFFERENCES).all()

const DIFFERENCES = `
  SELECT coalesce(max(url), 'no article') AS url, status, sum(seen) AS file, sum(planned) AS database FROM (
    SELECT coalesce(t.key, '') AS article, t.url, s.status, s.count AS seen, 0 AS planned FROM seen s LEFT JOIN thread t ON t.name = s.thread
    UNION ALL
    SELECT a.key, a.url, c.status, 0, 1 FROM plan p JOIN article a ON a.n = p.article JOIN comment c ON c.n = p.n
    UNION ALL
    SELECT coalesce(t.key, ''), t.url, c.status, 0, 1 FROM refusal r JOIN comment c ON c.n = r.n LEFT JOIN thread t ON t.name = c.thread
  ) GROUP BY article, status HAVING sum(seen) <> sum(planned) LIMIT ${LISTED}`

interface PlannedRow {
  position: number
  name: string
  origin: string
  id: string | null
  outcome: Outcome
  status: string
  url: string
}

/**
 * Counts, by their names elsewhere, which comments of the plan are here. What people decided, edited or deleted here is as it should be;
 * a comment that nobody touched and that is gone or has another status is a difference.
 */
export async function takeReceipt({
  stage: { db },
  client,
  siteId,
  source,
}: {
  stage: Stage
  client: Client
  siteId: string
  source: string
}): Promise<Receipt> {
  const page = db.prepare<[number], PlannedRow>(
    `SELECT p.position, c.name, p.origin, p.id, p.outcome, c.status, a.url FROM plan p JOIN comment c ON c.n = p.n JOIN article a ON a.n = p.article
     WHERE p.position > ? AND p.outcome <> 'refused' ORDER BY p.position LIMIT ${PAGE}`,
  )
  const here = { decided: 0, deleted: 0 }
  const differences = new Map<string, Difference>()
  let comments = 0
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.position ?? 0)) {
    const names = await externalRows(client, { siteId, source, names: rows.map(({ name }) => name) })
    const ids = rows.flatMap(({ id }) => id ?? [])
    const present = await presentComments(client, { siteId, ids: [...ids, ...[...names.values()].map(({ commentId }) => commentId)] })
    for (const row of rows) {
      comments++
      const external = names.get(`${row.origin}\n${row.name}`)
      const comment = present.get(external?.commentId ?? row.id ?? '')
      const isTouched = external !== undefined && comment !== undefined && external.version !== comment.version
      if (external && !comment) here.deleted++
      else if (row.outcome === 'kept' || isTouched) here.decided++
      else if (comment?.status !== row.status) {
        note(differences, { ...row, side: 'file' })
        if (comment) note(differences, { ...row, status: comment.status, side: 'database' })
      }
    }
  }
  const articles = [...differences.values()].slice(0, LISTED)
  return { ok: articles.length === 0, articles, comments, here }
}

function note(differences: Map<string, Difference>, { url, status, side }: { url: string; status: string; side: 'file' | 'database' }) {
  const key = `${url}\n${status}`
  const entry = differences.get(key) ?? { url, status, file: 0, database: 0 }
  entry[side]++
  differences.set(key, entry)
}
