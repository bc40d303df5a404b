import { type Decision, decisions } from '../comments/comment.ts'

/** Something that somebody did to a comment, with the comment's version after it. */
export interface Deed {
  commentId: string
  action: string
  from: string
  version: number
  revisionId: string | null
}

/** What of somebody's decisions about a comment still stands, the first one first, and the version at which they left it. */
export interface Standing {
  decisions: Deed[]
  version: number
}

export const UNDO = 'undo'
export const isDecision = (action: string): action is Decision => (decisions as readonly string[]).includes(action)

/**
 * What still stands of somebody's decisions and undoings, given with the oldest first, by comment. An undoing takes the decision before
 * it away; where somebody else did something in between, only what came after that can be put back.
 */
export function standingOf(deeds: Deed[]): Map<string, Standing> {
  const all = new Map<string, Standing>()
  for (const deed of deeds) {
    const before = all.get(deed.commentId)
    const stands = before?.version === deed.version - 1 ? before.decisions : []
    const after = deed.action === UNDO ? stands.slice(0, -1) : [...stands, deed]
    all.set(deed.commentId, { decisions: after, version: deed.version })
  }
  for (const [commentId, standing] of all) if (standing.decisions.length === 0) all.delete(commentId)
  return all
}

/** The deeds to put back one after another, each comment's last one first: a list for every step, at the versions they will find. */
export function stepsBack(all: Iterable<Standing>): Deed[][] {
  const steps: Deed[][] = []
  for (const { decisions: stands, version } of all) {
    for (const [step, deed] of stands.toReversed().entries()) (steps[step] ??= []).push({ ...deed, version: version + step })
  }
  return steps
}
