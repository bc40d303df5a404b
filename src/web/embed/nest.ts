import type { PublicComment, RemovedComment } from './api.ts'
import type { OwnComment } from './kept.ts'

/** A comment and the replies below it; `own` waits and is shown to its author alone. */
export interface Branch {
  comment: PublicComment | RemovedComment | null
  own: OwnComment | null
  id: string
  replies: Branch[]
}

/**
 * The thread as a tree, with this browser's waiting comments where they will be: below what they answer, the others first. Goes by
 * depth, as the server's pages do, since a page may begin below a parent that it does not hold.
 */
export function nest(comments: (PublicComment | RemovedComment)[], waiting: OwnComment[]): Branch[] {
  const roots: Branch[] = []
  const ancestors: { depth: number; branch: Branch }[] = []
  const byId = new Map<string, Branch>()
  for (const comment of comments) {
    while ((ancestors.at(-1)?.depth ?? -1) >= comment.depth) ancestors.pop()
    const branch: Branch = { comment, own: null, id: comment.id, replies: [] }
    ;(ancestors.at(-1)?.branch.replies ?? roots).push(branch)
    ancestors.push({ depth: comment.depth, branch })
    byId.set(comment.id, branch)
  }
  const first: Branch[] = []
  for (const own of waiting) {
    const branch: Branch = { comment: null, own, id: own.id, replies: [] }
    const parent = own.parentId === null ? undefined : byId.get(own.parentId)
    if (parent) parent.replies.push(branch)
    else first.unshift(branch)
  }
  return [...first, ...roots]
}
