import type { ImportFormat } from './guess.ts'
import { ndjson } from './ndjson.ts'
import { artalk } from './readers/artalk.ts'
import { commento } from './readers/commento.ts'
import { csv } from './readers/csv.ts'
import { cusdis } from './readers/cusdis.ts'
import { disqus } from './readers/disqus.ts'
import { isso } from './readers/isso.ts'
import { remark42 } from './readers/remark42.ts'
import { twikoo } from './readers/twikoo.ts'
import { waline } from './readers/waline.ts'
import { wxr } from './readers/wxr.ts'
import type { Source } from './source.ts'

/** How a file in each format is read. Comments are remembered by these names, so they never change. */
export const sources: Record<ImportFormat, Source> = {
  ndjson,
  wxr,
  disqus,
  isso,
  remark42,
  cusdis,
  commento,
  artalk,
  waline,
  twikoo,
  csv,
}

/** The formats that can be read. */
export const sourceNames = Object.keys(sources) as ImportFormat[]

export const sourceOf = (format: ImportFormat): Source => sources[format]
