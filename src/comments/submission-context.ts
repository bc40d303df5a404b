import type { Database } from '../database/connect.ts'
import { lowestIdAt } from '../ids.ts'
import type { PendingSubmission } from './pending-submission.ts'
import { Banned, Duplicate, ParentNotFound, ThreadClosed, TooFast } from './errors.ts'
import { type CommentRow, findComments, findRelated, isKnownAuthor } from './store.ts'
import { type ThreadRow } from './thread-store.ts'
import type { KnownThreads } from './known-threads.ts'

const DAY_MS = 86_400_000

export type SubmissionContext = Awaited<ReturnType<typeof loadSubmissionContext>>

/** Whom sites take no comments from. */
export interface Bans {
  /** Which of these blind indexes, of e-mail addresses or networks, are banned from a site at present. */
  among: (siteId: string, targets: string[]) => Promise<Set<string>>
}

/** An author by the indexes that a ban can be about. */
type Bannable = { emailIndex: string | null; networkIndex: string | null }
export const targetsOf = ({ emailIndex, networkIndex }: Bannable): string[] => [emailIndex, networkIndex].filter((index) => index !== null)

/**
 * What the database knows that bears on some pending submissions of one site: their threads and parents, the same replies, the same authors a
 * moment ago. Asked for the whole group at once, and kept up as its members are admitted one after another.
 */
export async function loadSubmissionContext({
  db,
  threads,
  bans,
  pendingSubmissions,
  now,
}: {
  db: Database
  threads: KnownThreads
  bans: Bans
  pendingSubmissions: PendingSubmission[]
  now: Date
}) {
  const [first] = pendingSubmissions
  if (!first) throw new Error('nobody arrived')
  const { site } = first
  const { floodSeconds, mode } = site.settings
  const floodFrom = new Date(now.getTime() - floodSeconds * 1000)

  const known = await threads.of(site.id, new Set(pendingSubmissions.map(({ key }) => key)))
  const banned = await bans.among(site.id, pendingSubmissions.flatMap(targetsOf))
  const parents = await parentsOf(db, pendingSubmissions)
  const sinceId = lowestIdAt(floodFrom)
  const related = await findRelated(db.read, {
    siteId: site.id,
    fingerprints: pendingSubmissions.map(({ fingerprint }) => fingerprint),
    sinceId,
    emails: pendingSubmissions.map((pendingSubmission) => pendingSubmission.emailIndex),
    browsers: pendingSubmissions.flatMap(({ browserIndex }) => browserIndex ?? []),
  })
  const fingerprints = new Set(related.flatMap(({ fingerprint }) => fingerprint ?? []))
  const lastBy = new Map<string, number>()
  for (const row of related) if (row.id >= sinceId) noteTime(lastBy, row, row.createdAt)
  const knownAuthors = new Set<PendingSubmission>()
  if (mode === 'hold-first') {
    for (const pendingSubmission of pendingSubmissions) {
      const { emailIndex, browserIndex } = pendingSubmission
      if (browserIndex && (await isKnownAuthor(db.read, { siteId: site.id, emailIndex, browserIndex }))) knownAuthors.add(pendingSubmission)
    }
  }

  return {
    /** @throws Banned */
    refuseBanned(pendingSubmission: PendingSubmission) {
      if (targetsOf(pendingSubmission).some((target) => banned.has(target))) throw Banned()
    },

    /** @throws ThreadClosed, ParentNotFound */
    placeOf({ key, submission }: PendingSubmission): { thread: ThreadRow | null; parent: CommentRow | null } {
      const thread = known.get(key) ?? null
      if (thread && !isOpen(thread, site.settings.closeAfterDays, now)) throw ThreadClosed('This article takes no more comments.')
      if (!submission.parentId) return { thread, parent: null }
      const parent = parents.get(submission.parentId)
      if (!parent || !thread || parent.threadId !== thread.id || parent.status !== 'approved') {
        throw noSuchParent()
      }
      return { thread, parent }
    },

    /** @throws Duplicate */
    refuseDuplicate({ fingerprint }: PendingSubmission) {
      if (fingerprints.has(fingerprint)) throw Duplicate()
    },

    /** @throws TooFast */
    refuseFlood({ emailIndex, browserIndex }: PendingSubmission) {
      const last = Math.max(lastBy.get(emailIndex) ?? 0, browserIndex ? (lastBy.get(browserIndex) ?? 0) : 0)
      const waitMs = last + floodSeconds * 1000 - now.getTime()
      if (floodSeconds > 0 && last > 0 && waitMs > 0) {
        throw TooFast('Wait a moment before the next comment.', { headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } })
      }
    },

    isKnownAuthor: (pendingSubmission: PendingSubmission) => knownAuthors.has(pendingSubmission),

    /** Remembers an admitted submission for those that come behind it. */
    note(pendingSubmission: PendingSubmission) {
      fingerprints.add(pendingSubmission.fingerprint)
      noteTime(lastBy, pendingSubmission, now)
    },
  }
}

export const noSuchParent = () =>
  ParentNotFound('It may have been removed.', { errors: [{ field: 'parentId', message: 'is not a public comment of this article' }] })

/** Whether a thread takes comments: not closed by a moderator, and not older than the site lets articles be commented on. */
export const isOpen = (thread: { open: boolean; createdAt: Date | string }, closeAfterDays: number, now: Date) =>
  thread.open && (closeAfterDays === 0 || now.getTime() < new Date(thread.createdAt).getTime() + closeAfterDays * DAY_MS)

async function parentsOf(db: Database, pendingSubmissions: PendingSubmission[]): Promise<Map<string, CommentRow>> {
  const ids = pendingSubmissions.flatMap(({ submission }) => submission.parentId ?? [])
  if (ids.length === 0) return new Map()
  return new Map((await findComments(db.read, ids)).map((row) => [row.id, row]))
}

function noteTime(lastBy: Map<string, number>, who: { emailIndex: string | null; browserIndex: string | null }, at: Date) {
  for (const index of [who.emailIndex, who.browserIndex]) {
    if (index) lastBy.set(index, Math.max(lastBy.get(index) ?? 0, at.getTime()))
  }
}
