import { pathBelow, pathOfRoot } from './path.ts'

/** Where a comment stands. */
export const statuses = ['pending', 'approved', 'rejected', 'spam'] as const
export type Status = (typeof statuses)[number]

/** A place kept for the replies below it; its content is erased. Never shown to moderators as a status. */
export const REMOVED = 'removed'

/** What a moderator can say, and the status it leads to. */
export const decisions = ['approve', 'reject', 'spam', 'hold'] as const
export type Decision = (typeof decisions)[number]
export const statusAfter: Record<Decision, Status> = { approve: 'approved', reject: 'rejected', spam: 'spam', hold: 'pending' }

/** Where a comment stands below its parent: its root, its depth (0 for a root), and its path in display order. */
export function placeBelow({ id, parent }: { id: string; parent: { rootId: string; depth: number; path: string } | null }) {
  if (!parent) return { rootId: id, depth: 0, path: pathOfRoot(id) }
  return { rootId: parent.rootId, depth: parent.depth + 1, path: pathBelow(parent.path, id) }
}

/** Whether a moderator has something to decide: the comment itself, or a revision of a public one. */
export const queueOf = ({ status, hasRevision }: { status: string; hasRevision: boolean }) =>
  status === 'pending' || (status === 'approved' && hasRevision) ? 'pending' : null

/** The site's counts that a comment stands in: its status, and "pending" while something of it waits. */
export function countedAs({ status, queue }: { status: string; queue: string | null }): Status[] {
  const counted = statuses.filter((name) => name === status && name !== 'pending')
  return queue ? ['pending', ...counted] : counted
}
