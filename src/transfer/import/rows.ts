import { placeBelow, queueOf, REMOVED } from '../../comments/comment.ts'
import type { NewComment } from '../../comments/store.ts'
import { fold } from '../../markup/text.ts'
import { emailIndex, networkIndex, aadOf, seal } from '../../privacy/sealed.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Entry } from './entry.ts'
import { idOf } from './stable-id.ts'

export interface Where {
  id: string
  siteId: string
  threadId: string
  parent: { id: string; rootId: string; depth: number; path: string } | null
  at: Date
}

/** A comment's row; `shown` and `shownReplies` are as for one without replies. Addresses are sealed from here on. */
export function commentRow({ entry, where, keys }: { entry: Entry; where: Where; keys: Keys }) {
  const { id, siteId, threadId, parent, at } = where
  const { status, name, email, ip, own } = entry
  const hasRevision = own?.revisions.some(({ state }) => state === 'waiting') ?? false
  return {
    id,
    siteId,
    threadId,
    parentId: parent?.id ?? null,
    ...placeBelow({ id, parent }),
    status,
    queue: queueOf({ status, hasRevision }),
    shown: status === 'approved',
    shownReplies: 0,
    version: own?.version ?? 1,
    name,
    emailSealed: email === null ? null : seal({ keys, aad: aadOf('Comment.email', id), value: email }),
    emailIndex: email === null ? null : emailIndex(keys, email),
    website: entry.website,
    ipSealed: ip === null ? null : seal({ keys, aad: aadOf('Comment.ip', id), value: ip }),
    networkIndex: ip === null ? null : networkIndex(keys, ip),
    pageTitle: own?.pageTitle ?? null,
    body: entry.body,
    html: entry.html,
    sanitizer: entry.sanitizer,
    folded: status === REMOVED ? '' : fold(`${name}\n${entry.body}`),
    verdicts: (own?.verdicts ?? (entry.verdict ? [entry.verdict] : [])) as object[],
    reports: own?.reports.filter(({ dismissed }) => !dismissed).length ?? 0,
    moderatorId: entry.moderatorId,
    createdAt: at,
    editedAt: entry.editedAt === null ? null : new Date(entry.editedAt),
  } satisfies NewComment
}

export interface Taken {
  history: Set<string>
  revision: Set<string>
  report: Set<string>
}

/** The rows of what was done about a comment of ours. Their ids are kept where they are free. */
export function activityRows({
  own,
  commentId,
  siteId,
  taken,
}: {
  own: NonNullable<Entry['own']>
  commentId: string
  siteId: string
  taken: Taken
}) {
  const named = (table: keyof Taken, { id, at, index }: { id: string; at: Date; index: number }) => {
    const isFree = !taken[table].has(id)
    taken[table].add(id) // for whoever names it again
    return isFree ? id : idOf({ at, place: index, of: `${commentId}\n${table}` })
  }
  const revisions = own.revisions.map(({ id, createdAt, ...revision }, index) => ({
    ...revision,
    was: id,
    id: named('revision', { id, at: new Date(createdAt), index }),
    commentId,
    createdAt: new Date(createdAt),
  }))
  const revisionIds = new Map(revisions.map(({ was, id }) => [was, id]))
  return {
    Revision: revisions.map(({ was: _, ...row }) => row),
    History: own.history.map(({ id, at, actor, revisionId, via = null, ...entry }, index) => ({
      ...entry,
      id: named('history', { id, at: new Date(at), index }),
      commentId,
      at: new Date(at),
      actorName: actor,
      via,
      revisionId: revisionId === null ? null : (revisionIds.get(revisionId) ?? revisionId),
    })),
    Report: own.reports.map(({ id, reason, dismissed, createdAt }, index) => ({
      id: named('report', { id, at: new Date(createdAt), index }),
      siteId,
      commentId,
      reporter: `import ${index}`, // by whom is not in the file
      network: '',
      reason,
      dismissed,
      createdAt: new Date(createdAt),
    })),
  }
}
