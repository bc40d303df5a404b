import { z } from 'zod'
import { ImportProblem } from './problem.ts'
import { sourceNames } from './sources.ts'
import { Receipt } from './receipt.ts'
import { ImportReport } from './report.ts'
import type { ImportRow } from './store.ts'

export const importStates = ['queued', 'running', 'done', 'failed'] as const

/** A file that is brought in, or was. */
export const PresentedImport = z
  .object({
    id: z.uuid(),
    format: z.enum(sourceNames),
    dryRun: z.boolean(),
    state: z.enum(importStates),
    progress: z.object({
      read: z.int().meta({ description: 'Records of the file that were read' }),
      done: z.int().meta({ description: 'Comments that are dealt with' }),
      total: z.int().nullable().meta({ description: 'How many there are; null while the file is being read' }),
    }),
    report: ImportReport.nullable().meta({ description: 'When it is done; of one that failed, how far it came' }),
    receipt: Receipt.nullable().meta({ description: "The report's: what the count at the end found" }),
    problem: ImportProblem.nullable().meta({ description: 'Why it failed' }),
    by: z.string().meta({ description: 'Who asked for it' }),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Import' })
export type PresentedImport = z.output<typeof PresentedImport>

export const presentImport = (row: ImportRow): PresentedImport => ({
  id: row.id,
  format: row.format as PresentedImport['format'],
  dryRun: row.dryRun,
  state: row.state as PresentedImport['state'],
  progress: { read: row.read, done: row.position, total: row.total },
  report: row.report,
  receipt: row.report?.receipt ?? null,
  problem: row.problem,
  by: row.actorName,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
})
