import type { ImportFormat } from './guess.ts'
import { wxr } from './readers/wxr.ts'
import type { Source } from './source.ts'

/** How a file in each format is read. */
export const sources: Partial<Record<ImportFormat, Source>> = { wxr }
