import type { Database, Transaction } from '../database/connect.ts'

/** What became of a leased delivery. */
export type Outcome = { id: string; leaseId: string; outcome: string } & (
  | { state: 'sent'; sentAt: Date }
  | { state: 'failed' | 'suppressed' }
  | { state: 'queued'; nextAt: Date; attempts: number }
)

/** Writes outcomes in one transaction. A delivery whose lease has passed to another worker is left to that one. */
export const recordOutcomes = ({ db, outcomes }: { db: Database; outcomes: Outcome[] }): Promise<void> =>
  db.write((tx) => update(tx, { provider: db.provider, outcomes }))

/** One statement that never changes, whatever their number: they travel as one JSON parameter. */
async function update(tx: Transaction, { provider, outcomes }: { provider: Database['provider']; outcomes: Outcome[] }): Promise<void> {
  const rows = outcomes.map((outcome) => ({
    ...outcome,
    sentAt: 'sentAt' in outcome ? storedTime(provider, outcome.sentAt) : null,
    nextAt: 'nextAt' in outcome ? storedTime(provider, outcome.nextAt) : null,
    attempts: 'attempts' in outcome ? outcome.attempts : null,
  }))
  await tx.$executeRawUnsafe(STATEMENT[provider], JSON.stringify(rows))
}

const SET = `
  UPDATE "Delivery" SET "state" = v."state", "outcome" = v."outcome", "sentAt" = v."sentAt", "leaseId" = NULL, "leaseUntil" = NULL,
    "nextAt" = coalesce(v."nextAt", "Delivery"."nextAt"), "attempts" = coalesce(v."attempts", "Delivery"."attempts")`
const MATCH = `AS v WHERE "Delivery"."id" = v."id" AND "Delivery"."leaseId" = v."leaseId"`
const NAMES = ['id', 'leaseId', 'state', 'outcome', 'sentAt', 'nextAt', 'attempts']
const STATEMENT = {
  sqlite: `${SET} FROM (SELECT ${NAMES.map((name) => `json_extract(value, '$.${name}') AS "${name}"`).join(', ')} FROM json_each(?)) ${MATCH}`,
  postgresql: `${SET} FROM json_populate_recordset(NULL::"Delivery", $1::json) ${MATCH}`,
} as const

/** Prisma's SQLite adapter writes times with an offset, not with Z, and compares them as text. */
const storedTime = (provider: Database['provider'], at: Date) =>
  provider === 'sqlite' ? at.toISOString().replace('Z', '+00:00') : at.toISOString()
