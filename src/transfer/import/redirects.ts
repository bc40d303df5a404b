import type { RedirectAnswer, Pair } from '../../repair/repairs.ts'
import type { RedirectChunk } from './chunk.ts'
import { createNotes, type Noted } from './notes.ts'

/** Leads old addresses of a site to new ones, in the name of the import. */
export type MakeRedirects = (input: { siteId: string; pairs: Pair[]; dryRun: boolean }) => Promise<RedirectAnswer>

/** What became of a file's redirects. */
export interface RedirectCounts {
  read: number
  new: number
  /** Led there already. */
  same: number
  skipped: Noted[]
}

const ALREADY = new Set<string>(['known', 'same'])

/** Has the redirects of a file of ours made here; `so` is what became of those before. */
export async function importRedirects({
  makeRedirects,
  siteId,
  chunk: { pairs },
  dryRun,
  so,
}: {
  makeRedirects: MakeRedirects
  siteId: string
  chunk: RedirectChunk
  dryRun: boolean
  so: RedirectCounts | null
}): Promise<RedirectCounts> {
  const { led, refused } = await makeRedirects({ siteId, pairs, dryRun })
  const left = refused.filter(({ code }) => !ALREADY.has(code))
  const skipped = createNotes(so?.skipped)
  for (const { from, reason } of left) skipped.add(reason, { id: from, at: {} })
  return {
    read: (so?.read ?? 0) + pairs.length,
    new: (so?.new ?? 0) + led.length,
    same: (so?.same ?? 0) + refused.length - left.length,
    skipped: skipped.list(),
  }
}
