import { Readable } from 'node:stream'
import type { ReadOptions } from '../../../src/transfer/import/read-file.ts'
import { type PresentedImport, presentImport } from '../../../src/transfer/import/present.ts'
import type { ImportReport } from '../../../src/transfer/import/report.ts'
import type { FileKind } from '../../../src/transfer/import/guess.ts'
import type { TestApp } from '../../support/app.ts'
import { textOf } from '../history.ts'

const OWNER = { id: 'user:1', name: 'Owner' }

interface Wish {
  text: string | Uint8Array
  format?: FileKind | 'auto'
  site?: string
  dryRun?: boolean
  options?: ReadOptions
}

/** Brings a file in and gives what came of it. */
export async function bring(
  { deps }: TestApp,
  { text, format = 'ndjson', site: key = 'default', dryRun = false, options = {} }: Wish,
): Promise<PresentedImport> {
  const site = await deps.sites.byKey(key)
  const { id } = await deps.imports.begin({ site, actor: OWNER, format, options, dryRun, body: Readable.from([Buffer.from(text)]) })
  await deps.importQueue.drainOnce()
  return presentImport(await deps.imports.find({ site, id }))
}

/** The report of one that must succeed. */
export async function reportOf(app: TestApp, wish: Wish): Promise<ImportReport> {
  const { state, problem, report } = await bring(app, wish)
  if (state !== 'done' || !report) throw new Error(`the import is ${state}: ${JSON.stringify(problem)}`)
  return report
}

/** A site's whole history, with addresses. */
export const exportOf = async ({ deps }: TestApp, key = 'default'): Promise<string> => {
  const site = await deps.sites.byKey(key)
  return textOf((await deps.exports.begin(site, { format: 'ndjson', emails: true })).stream)
}
