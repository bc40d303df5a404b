import { type Decision, decisions } from '../comments/comment.ts'

/** Something that somebody did to a comment, with the comment's version after it. */
export interface DecisionRecord {
  commentId: string
  action: string
  from: string
  version: number
  revisionId: string | null
}

/** What of somebody's decisions about a comment still stands, the first one first, and the version at which they left it. */
export interface StandingDecisions {
  decisions: DecisionRecord[]
  version: number
}

export const UNDO = 'undo'
export const isDecision = (action: string): action is Decision => (decisions as readonly string[]).includes(action)

/**
 * What still stands of somebody's decisions and undoings, given with the oldest first, by comment. An undoing takes the decision before
 * it away; where somebody else did something in between, only what came after that can be put back.
 */
export function standingDecisions(records: DecisionRecord[]): Map<string, StandingDecisions> {
  const all = new Map<string, StandingDecisions>()
  for (const record of records) {
    const before = all.get(record.commentId)
    const standing = before?.version === record.version - 1 ? before.decisions : []
    const after = record.action === UNDO ? standing.slice(0, -1) : [...standing, record]
    all.set(record.commentId, { decisions: after, version: record.version })
  }
  for (const [commentId, standing] of all) if (standing.decisions.length === 0) all.delete(commentId)
  return all
}

/** The records to put back one after another, each comment's last one first: a list for every step, at the versions they will find. */
export function stepsBack(all: Iterable<StandingDecisions>): DecisionRecord[][] {
  const steps: DecisionRecord[][] = []
  for (const { decisions: standing, version } of all) {
    for (const [step, record] of standing.toReversed().entries()) (steps[step] ??= []).push({ ...record, version: version + step })
  }
  return steps
}
