import { formatLabels, type ImportFormat } from './guess.ts'
import { ndjson } from './ndjson.ts'
import { wxr } from './readers/wxr.ts'
import type { Source } from './source.ts'

/** How a file in each format is read. Comments are remembered by these names, so they never change. */
export const sources: Partial<Record<ImportFormat, Source>> = { ndjson, wxr }

/** The formats that can be read. */
export const sourceNames = (Object.keys(formatLabels) as ImportFormat[]).filter((name) => sources[name])

/** @throws Error for one that only a later version reads */
export function sourceOf(format: ImportFormat): Source {
  const source = sources[format]
  if (!source) throw new Error(`no reader for ${format}`)
  return source
}
