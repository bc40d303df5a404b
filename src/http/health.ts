import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { randomBytes } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import { type Outage, outageOf, outages } from '../database/errors.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

const PATIENCE_MS = 2000
const Ready = z.object({
  ready: z.boolean(),
  missing: z.array(z.string()),
  reason: z.enum(outages).optional().meta({ description: 'Why the database does not store' }),
})

/** Whether the process runs, and whether it can store a comment. */
export const healthRoutes = ({ db }: { db: Database }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/livez',
    summary: 'Whether the process runs',
    tag: 'Operators',
    answers: { 200: { description: 'It does' } },
    handle: () => ({ status: 200, text: 'ok\n', headers: { 'Cache-Control': 'no-store' } }),
  }),
  endpoint({
    method: 'get',
    path: '/readyz',
    summary: 'Whether a comment can be stored',
    tag: 'Operators',
    answers: { 200: { description: 'It can', schema: Ready }, 503: { description: 'It cannot; `missing` names why', schema: Ready } },
    handle: async () => {
      const reason = await whyNotStored(db)
      if (reason === null) return { status: 200, json: { ready: true, missing: [] }, headers: { 'Cache-Control': 'no-store' } }
      return { status: 503, json: { ready: false, missing: ['database'], reason }, headers: { 'Cache-Control': 'no-store' } }
    },
  }),
]

/** Of text that no page has room for beside others. */
const PROBE_BYTES = 3000

/**
 * Why nothing can be stored; null when it can. Asked for is a fresh page, through the same queue as every other write: what stands in a page
 * already can be written over on a full disk too. No answer in two seconds counts as none; while one is waited for, no other is asked for.
 */
export async function whyNotStored(db: Database): Promise<Outage | null> {
  const asked = asking.get(db) ?? ask(db)
  return Promise.race([asked, wait(PATIENCE_MS, 'busy' as const, { ref: false })])
}

const asking = new WeakMap<Database, Promise<Outage | null>>()

function ask(db: Database): Promise<Outage | null> {
  const row = { key: `probe ${randomBytes(8).toString('hex')}`, value: randomBytes(PROBE_BYTES / 2).toString('hex') }
  const answer = db
    .write(async (tx) => {
      await tx.meta.create({ data: row })
      await tx.meta.delete({ where: { key: row.key } })
    })
    .then(
      () => null,
      (error: unknown) => outageOf(error) ?? 'failing',
    )
    .finally(() => asking.delete(db))
  asking.set(db, answer)
  return answer
}
