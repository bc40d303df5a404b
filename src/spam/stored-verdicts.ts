import { z } from 'zod'
import type { StoredVerdict } from './codes.ts'

/** As far back as verdicts go: the first ones had no code, and no facts. What a later version says besides is kept. */
const Verdict = z.looseObject({
  check: z.string(),
  outcome: z.enum(['pass', 'approve', 'hold', 'spam', 'reject']),
  code: z.string().optional(),
  reason: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** Reads a column of verdicts; what is none is left out, since a comment must come before its moderators all the same. */
export const verdictsIn = (stored: unknown): StoredVerdict[] =>
  Array.isArray(stored) ? stored.flatMap((one) => Verdict.safeParse(one).data ?? []) : []

/** A row with its verdicts read. */
export const withVerdicts = <Row extends { verdicts: unknown }>(row: Row): Omit<Row, 'verdicts'> & { verdicts: StoredVerdict[] } => ({
  ...row,
  verdicts: verdictsIn(row.verdicts),
})
