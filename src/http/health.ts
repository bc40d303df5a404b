import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

const PATIENCE_MS = 2000
const Ready = z.object({ ready: z.boolean(), missing: z.array(z.string()) })

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
      const stored = await canWrite(db)
      const missing = stored ? [] : ['database']
      return { status: stored ? 200 : 503, json: { ready: stored, missing }, headers: { 'Cache-Control': 'no-store' } }
    },
  }),
]

/** A write that changes nothing, through the same queue as every other; no answer in two seconds counts as none. */
async function canWrite(db: Database): Promise<boolean> {
  const write = db
    .write((tx) => tx.meta.upsert({ where: { key: 'probe' }, create: { key: 'probe', value: '' }, update: { value: '' } }))
    .then(
      () => true,
      () => false,
    )
  return Promise.race([write, wait(PATIENCE_MS, false, { ref: false })])
}
