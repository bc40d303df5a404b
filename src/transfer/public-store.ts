import type { Client, Database } from '../database/connect.ts'
import type { RawOf } from '../database/rows.ts'
import { columns, sql } from '../database/sql.ts'
import { endOf, type Selection, startOf } from './selection.ts'
import type { ArchivedComment } from './view/archive-pages.tsx'

/** Rows read at once. */
const PAGE = 250

// Nothing that readers do not see.
const PUBLIC = ['id', 'parentId', 'depth', 'path', 'status', 'name', 'website', 'html', 'moderatorId', 'createdAt', 'editedAt'] as const
export type PublicRow = Pick<RawOf<Awaited<ReturnType<Client['comment']['findFirstOrThrow']>>>, (typeof PUBLIC)[number]>

/** What readers see of a thread, in display order: its approved comments, and the places kept for the replies below them. */
export async function* publicPages(
  { rows }: Pick<Database, 'rows'>,
  { selection, threadId, upTo }: { selection: Selection; threadId: string; upTo: string },
): AsyncGenerator<PublicRow[]> {
  let after = ''
  for (;;) {
    const page = await rows<PublicRow>(sql`
      SELECT ${columns('c', PUBLIC)} FROM "Comment" AS c WHERE "threadId" = ${threadId} AND "shown" = TRUE AND "path" > ${after}
      ORDER BY "path" LIMIT ${PAGE}`)
    const last = page.at(-1)
    if (!last) return
    yield page.filter(({ id }) => id > startOf(selection) && id < endOf(selection) && id <= upTo)
    after = last.path
  }
}

/** A row as the archive shows it: what a reader may know of it and nothing else. */
export function archivedComment(row: PublicRow, maxDepth: number): ArchivedComment {
  const place = { id: row.id, parentId: row.parentId, depth: Math.min(row.depth, maxDepth - 1) }
  if (row.status !== 'approved') return { ...place, removed: true }
  return {
    ...place,
    author: { name: row.name, website: row.website },
    byModerator: row.moderatorId !== null,
    html: row.html,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
  }
}
