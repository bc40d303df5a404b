import { z } from 'zod'
import type { Site } from '../sites/sites.ts'
import { avatarPath } from './avatar.ts'

export const Author = z.object({
  name: z.string(),
  website: z.string().nullable(),
  avatar: z.string().meta({ description: 'Address of a picture made of site and name; it tells nothing about the e-mail address' }),
})

/** A comment as everybody sees it. */
export const PublicComment = z
  .object({
    id: z.uuid(),
    parentId: z.uuid().nullable(),
    depth: z.int().meta({ description: 'Level of nesting to show it at, from 0' }),
    author: Author,
    byModerator: z.boolean(),
    html: z.string(),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Comment' })

/** The place of a comment that is not public any more but has public replies. */
export const RemovedComment = z
  .object({ id: z.uuid(), parentId: z.uuid().nullable(), depth: z.int(), removed: z.literal(true) })
  .meta({ id: 'RemovedComment' })

export type PublicComment = z.output<typeof PublicComment>
export type RemovedComment = z.output<typeof RemovedComment>

interface Shown {
  id: string
  parentId?: string | null
  depth: number
  status: string
  name: string
  website?: string | null
  html: string
  moderatorId?: string | null
  createdAt: Date | string
  editedAt?: Date | string | null
}

/** A comment's public form: what a reader may know of it and nothing else. */
export function presentComment(row: Shown, site: Site): PublicComment {
  return {
    id: row.id,
    parentId: row.parentId ?? null,
    depth: shownDepth(row, site),
    author: presentAuthor(row, site),
    byModerator: Boolean(row.moderatorId),
    html: row.html,
    createdAt: isoOf(row.createdAt),
    editedAt: row.editedAt ? isoOf(row.editedAt) : null,
  }
}

export const presentAuthor = (row: { name: string; website?: string | null }, site: Site): z.output<typeof Author> => ({
  name: row.name,
  website: row.website ?? null,
  avatar: avatarPath({ name: row.name, siteId: site.id }),
})

/** A comment in its thread: whole when approved, else the place that it keeps. */
export const presentInThread = (row: Shown, site: Site): PublicComment | RemovedComment =>
  row.status === 'approved'
    ? presentComment(row, site)
    : { id: row.id, parentId: row.parentId ?? null, depth: shownDepth(row, site), removed: true }

/** Text is ISO already, as rows read past the client have it. */
const isoOf = (time: Date | string) => (typeof time === 'string' ? time : time.toISOString())

const shownDepth = ({ depth }: { depth: number }, site: Site) => Math.min(depth, site.settings.maxDepth - 1)
