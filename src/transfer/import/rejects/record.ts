import { z } from 'zod'
import { REMOVED, statuses } from '../../../comments/comment.ts'
import { formatLabels, type ImportFormat } from '../guess.ts'
import { type ReasonCode, reasonCodes } from '../reasons.ts'

export const REJECTS_FORMAT = 'balas-rejects'

const Text = z.string()
const Place = z.object({ line: z.int(), column: z.int(), row: Text }).partial()

/** The first line of what an import left out. `source` is the format of the file that it was read from: mended comments are known by it. */
export const RejectsHeader = z.object({
  type: z.literal('header'),
  format: z.literal(REJECTS_FORMAT),
  version: z.literal(1),
  source: z.enum(Object.keys(formatLabels) as [ImportFormat, ...ImportFormat[]]),
  import: Text.optional(),
  help: Text.optional(),
})
export type RejectsHeader = z.output<typeof RejectsHeader>

/**
 * A line for each record that was left out: the comment as it was read, its article, and why. Members may be missing where nothing was
 * read; `own` is a comment of our own NDJSON as it stood, `raw` the beginning of what could not be read at all.
 */
export const RejectedRecord = z.object({
  type: z.literal('rejected'),
  /** What is left out on purpose stays out as long as it stands here. */
  code: z.enum(reasonCodes).optional(),
  reason: Text.optional(),
  /** In the file that it was read from. */
  at: Place.optional(),
  id: Text.nullish(),
  origin: Text.optional(),
  thread: z
    .object({
      id: Text,
      url: Text,
      title: Text.nullable().default(null),
      open: z.boolean().optional(),
      createdAt: z.iso.datetime().optional(),
    })
    .optional(),
  parentId: Text.nullish(),
  status: z.enum([...statuses, REMOVED]).default('pending'),
  author: z
    .object({
      name: Text.default(''),
      email: Text.nullable().default(null),
      website: Text.nullable().default(null),
      ip: Text.nullable().default(null),
      isModerator: z.boolean().optional(),
    })
    .prefault({}),
  body: Text.optional(),
  markup: z.enum(['text', 'typed', 'html', 'markdown']).default('text'),
  createdAt: Text.nullish(),
  editedAt: Text.nullish(),
  verdict: z
    .object({ check: Text, outcome: z.enum(['pass', 'approve', 'hold', 'spam', 'reject']), code: Text.optional(), reason: Text })
    .optional(),
  own: z.record(Text, z.unknown()).optional(),
  raw: Text.optional(),
})
export type RejectedRecord = z.input<typeof RejectedRecord>

/** Left out on purpose, with nothing in the record that could be mended. */
const DELIBERATE: ReasonCode[] = ['pingback', 'trackback', 'plugin-note', 'article-deleted', 'removed-leaf', 'twice']
export const isDeliberate = (code: ReasonCode | undefined): boolean => code !== undefined && DELIBERATE.includes(code)

export const HELP =
  'Mend the lines, and import this file: what is still at fault is left out again. Lines with a code such as pingback or twice stay out until you take "code" away.'
