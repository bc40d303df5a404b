import type { Database } from '../../database/connect.ts'
import type { Keys } from '../../privacy/secret.ts'
import { createAddresses } from '../../sites/article-url.ts'
import { type Chunk, encodeStep } from './chunk.ts'
import { commentChunks } from './comment-chunks.ts'
import { makePlan, type PlanFacts } from './plan.ts'
import { readFile, type ReadOptions, type SiteAddresses } from './read-file.ts'
import { createMove } from './move.ts'
import { nameChunks, redirectChunks } from './own-chunks.ts'
import { type Difference, type Receipt, takeReceipt } from './receipt.ts'
import { type ImportReport, reportOf } from './report.ts'
import type { ImportFormat } from './guess.ts'
import { rejectLines } from './rejects/lines.ts'
import { rejects } from './rejects/reader.ts'
import { sourceOf } from './sources.ts'
import { openStage, type Stage } from './stage.ts'
import { threadChunks } from './thread-chunks.ts'

/** What the worker is told of an import, as plain data. */
export interface ImportWork {
  file: string
  stageFile: string
  format: ImportFormat
  options: ReadOptions
  siteId: string
  site: SiteAddresses
  /** The name of somebody who gave none. */
  anonymous: string
  /** When it was asked for: no comment is younger. */
  now: Date
  /** Comments that are dealt with already. */
  position: number
  /** Comments prepared at once; fewer where one of them made trouble. */
  atOnce?: number | undefined
  /** The comment at this position is left out: the database does not take it. */
  refused?: number | undefined
}

/** Whose leavings are wanted, and which format its file is in. */
export interface RejectsWish {
  stageFile: string
  source: ImportFormat
  id: string
}

/** What the worker says, in this order. */
export type ImportStep =
  /** Records read so far. */
  { type: 'read'; read: number } | { type: 'planned'; total: number; differences: Difference[] } | Chunk

/** The worker's side of imports: all that takes time and needs no writing to the database. */
export const importTasks = ({ db, keys }: { db: Database; keys: Keys }) => ({
  async *importFile(work: ImportWork): AsyncGenerator<Uint8Array, void> {
    for await (const step of steps({ db, keys, work })) yield encodeStep(step)
  },

  /** The list of what was left out (rejects/). */
  async *importRejects({ stageFile, ...wish }: RejectsWish): AsyncGenerator<Uint8Array, void> {
    const stage = openStage(stageFile)
    try {
      yield* rejectLines({ stage, ...wish })
    } finally {
      stage.close()
    }
  },

  /** What came of it, so far or in all. */
  importReport: async ({ stageFile, reached }: { stageFile: string; reached: number }): Promise<ImportReport> => {
    const stage = openStage(stageFile)
    try {
      return reportOf(stage, reached)
    } finally {
      stage.close()
    }
  },

  /** Counts what is here now against the plan. */
  importReceipt: async ({ stageFile, siteId, source }: { stageFile: string; siteId: string; source: string }): Promise<Receipt> => {
    const stage = openStage(stageFile)
    try {
      return await takeReceipt({ stage, client: db.read, siteId, source })
    } finally {
      stage.close()
    }
  },
})

async function* steps({ db, keys, work }: { db: Database; keys: Keys; work: ImportWork }): AsyncGenerator<ImportStep, void> {
  const stage = openStage(work.stageFile)
  try {
    // A stage that was finished is as good as new: ids and order are in it. Else all is read again, and what came in already is the same.
    const kept = stage.get('plan') as PlanFacts | undefined
    const { total, differences } = kept ?? (yield* layOut(stage, work))
    yield { type: 'planned', total, differences }
    const { siteId, format, atOnce, refused } = work
    const about = { stage, client: db.read, provider: db.provider, siteId }
    yield* threadChunks(about)
    yield* commentChunks({ ...about, keys, source: format, atOnce, refused, position: kept ? work.position : 0 })
    yield* nameChunks(about)
    yield* redirectChunks(about)
  } finally {
    stage.close()
  }
}

async function* layOut(
  stage: Stage,
  { file, format, options, siteId, site, anonymous, now }: ImportWork,
): AsyncGenerator<ImportStep, PlanFacts> {
  const { numbersPerArticle } = sourceOf(format)
  const source = options.rejects ? rejects : sourceOf(format)
  for await (const read of readFile({ stage, source, file, options, site, anonymous, now })) yield { type: 'read', read }
  return makePlan({ stage, addresses: createAddresses(site), siteId, now, moved: createMove(options), numbersPerArticle })
}
