import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { isMissingParent, isUnavailable, isUniqueViolation } from '../database/errors.ts'
import { newId } from '../ids.ts'
import type { Outbox } from './outbox.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'
import { judge, type JudgedStatus, statusOf, type Verdict } from '../spam/verdict.ts'
import { judgedSubmission, type PendingSubmission, toRow } from './pending-submission.ts'
import type { Answers } from './answers.ts'
import { countedAs } from './comment.ts'
import { refusalsOf } from './refusals.ts'
import { AlreadyAnswered, Duplicate, SiteChanged } from './errors.ts'
import { createGroups, type Outcome } from './groups.ts'
import { createKnownThreads } from './known-threads.ts'
import { answerOf } from './submission-answer.ts'
import { type Bans, loadSubmissionContext, noSuchParent, type SubmissionContext } from './submission-context.ts'
import { holdApproved, insertAnswers, insertComments, moveCounts, type NewComment, passUpward } from './store.ts'
import { raiseThread, upsertThread } from './thread-store.ts'

export type Intake = ReturnType<typeof createIntake>

interface Judged {
  pendingSubmission: PendingSubmission
  row: NewComment
  /** What its author is told, and again when the request is sent again. */
  answer: string
}

type Settled = [PendingSubmission, Outcome<string>]

/**
 * Takes comments in: looks at what is there already, judges, and stores comments, verdicts, counts, mails and kept answers in one
 * transaction for all that arrived meanwhile. When `receive` resolves with the answer, the comment is on disk.
 */
export function createIntake({
  db,
  keys,
  clock,
  sites,
  bans,
  outbox,
  seal,
}: {
  db: Database
  keys: Keys
  clock: Clock
  sites: Pick<Sites, 'versionIn'>
  bans: Bans
  outbox: Outbox
  /** Seals an answer that is kept for a retry, by the id of its ticket. */
  seal: Answers['sealed']
}) {
  const threads = createKnownThreads({ db })

  const process = async (pendingSubmissions: PendingSubmission[]): Promise<Outcome<string>[]> => {
    const outcomes = new Map<PendingSubmission, Outcome<string>>()
    for (const group of bySite(pendingSubmissions)) {
      for (const [pendingSubmission, outcome] of await processSite(group)) outcomes.set(pendingSubmission, outcome)
    }
    return pendingSubmissions.map(
      (pendingSubmission) => outcomes.get(pendingSubmission) ?? { ok: false, error: new Error('a submission was left out') },
    )
  }

  /** Never rejects: what went wrong for one site must not be told of another, whose comments may be stored already. */
  const processSite = async (group: PendingSubmission[]): Promise<Settled[]> => {
    try {
      const context = await loadSubmissionContext({ db, threads, bans, pendingSubmissions: group, now: clock() })
      const judged: Judged[] = []
      const refused: Settled[] = []
      for (const pendingSubmission of group) {
        try {
          judged.push(admit({ pendingSubmission, context, keys }))
        } catch (error) {
          refused.push([pendingSubmission, { ok: false, error }])
        }
      }
      return [...refused, ...(await commitAll(judged))]
    } catch (error) {
      return group.map((pendingSubmission) => [pendingSubmission, { ok: false, error }])
    }
  }

  /**
   * All in one transaction; when that fails, one by one, so that one bad row does not fail its neighbours; but not when the database
   * is away, which each of them would have to wait for.
   */
  const commitAll = async (judged: Judged[]): Promise<Settled[]> => {
    if (judged.length === 0) return []
    try {
      await commit(judged)
      return judged.map(({ pendingSubmission, answer }) => [pendingSubmission, { ok: true, value: answer }])
    } catch (error) {
      if (judged.length === 1 || isUnavailable(error))
        return judged.map(({ pendingSubmission }) => [pendingSubmission, { ok: false, error: meaningOf(error) }])
      const outcomes: Settled[] = []
      for (const one of judged) outcomes.push(...(await commitAll([one])))
      return outcomes
    }
  }

  const commit = async (judged: Judged[]) => {
    const [{ pendingSubmission: first }] = judged as [Judged, ...Judged[]]
    const siteId = first.site.id
    const makeThreads = judged.filter(({ row }) => row.threadId === '')
    const held = judged.filter(({ row }) => row.status === 'pending')
    await db.write(async (tx) => {
      const rows = await withThreads(tx, judged)
      const parentIds = new Set(rows.flatMap(({ parentId }) => parentId ?? []))
      if (parentIds.size > 0 && (await holdApproved(tx, [...parentIds])) < parentIds.size) throw noSuchParent()
      await insertComments(tx, { provider: db.provider, rows })
      for (const row of rows) if (row.status === 'approved') await publish(tx, row)
      await moveCounts(tx, { siteId, from: [], to: rows.flatMap(({ status, queue }) => countedAs({ status, queue: queue ?? null })) })
      if (makeThreads.length > 0) {
        // A new rule about addresses gives threads other keys: one that is made by the old rules just then would be lost.
        const version = await sites.versionIn(tx, siteId)
        if (makeThreads.some(({ pendingSubmission }) => pendingSubmission.site.version !== version)) throw new SiteChanged()
      }
      await db.changes.announce(tx, { siteId, inner: 'queue' })
      await outbox.announceHeld(
        tx,
        held.map(({ row }) => ({ kind: 'comment.held', siteId, commentId: row.id, subjectId: row.id })),
      )
      const answers = judged.flatMap(({ pendingSubmission, row, answer }) =>
        pendingSubmission.idempotency
          ? [
              {
                ...pendingSubmission.idempotency,
                commentId: row.id,
                answer: seal(pendingSubmission.idempotency.id, answer),
                createdAt: pendingSubmission.createdAt,
              },
            ]
          : [],
      )
      if (answers.length > 0) await insertAnswers(tx, answers)
      await outbox.moved(
        tx,
        rows.map((row) => ({ comment: row, from: null, to: row.status })),
      )
    })
    if (held.length > 0) outbox.wake()
  }

  /** The first comment of an article makes its thread; in the order of keys, so that two replicas never wait for each other. */
  const withThreads = async (tx: Transaction, judged: Judged[]): Promise<NewComment[]> => {
    const ids = new Map<string, string>()
    const fresh = judged.filter(({ row }) => row.threadId === '').map(({ pendingSubmission }) => pendingSubmission)
    for (const { url, key, site, createdAt } of fresh.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      if (!ids.has(key)) ids.set(key, (await upsertThread(tx, { id: newId(createdAt), siteId: site.id, url, key, createdAt })).id)
    }
    // Rows of their own: the transaction may be run again, and then these threads were never made.
    return judged.map(({ pendingSubmission, row }) => ({ ...row, threadId: row.threadId || (ids.get(pendingSubmission.key) ?? '') }))
  }

  const publish = async (tx: Transaction, row: NewComment) => {
    await passUpward(tx, { parentId: row.parentId ?? null, by: 1 })
    const { siteId, key } = await raiseThread(tx, { threadId: row.threadId, approved: 1, title: row.pageTitle })
    await db.changes.announce(tx, { siteId, key })
  }

  /** What would become of a submission: the whole trace, with what would refuse it. Nothing is stored. */
  const explain = async (pendingSubmission: PendingSubmission): Promise<{ status: JudgedStatus; verdicts: Verdict[] }> => {
    const context = await loadSubmissionContext({ db, threads, bans, pendingSubmissions: [pendingSubmission], now: clock() })
    const authorIsKnown = context.isKnownAuthor(pendingSubmission)
    const { verdicts } = judge({
      submission: judgedSubmission({ pendingSubmission, authorIsKnown }),
      rules: pendingSubmission.site.settings,
    })
    const all = [...refusalsOf({ pendingSubmission, context }), ...verdicts]
    return { status: statusOf(all), verdicts: all }
  }

  const groups = createGroups({ process })
  return { receive: groups.add, explain, idle: groups.idle }
}

/** Refuses what may not come in, judges the rest, and notes it for those behind it in the same group. */
function admit({
  pendingSubmission,
  context,
  keys,
}: {
  pendingSubmission: PendingSubmission
  context: SubmissionContext
  keys: Keys
}): Judged {
  context.refuseBanned(pendingSubmission)
  const { thread, parent } = context.placeOf(pendingSubmission)
  context.refuseDuplicate(pendingSubmission)
  context.refuseFlood(pendingSubmission)
  const { site } = pendingSubmission
  const { status, verdicts } = judge({
    submission: judgedSubmission({ pendingSubmission, authorIsKnown: context.isKnownAuthor(pendingSubmission) }),
    rules: site.settings,
  })
  const uncounted = pendingSubmission.uncounted && status === 'approved'
  const row = toRow({
    pendingSubmission,
    keys,
    threadId: thread?.id ?? '',
    parent,
    status: uncounted ? 'pending' : status,
    verdicts: uncounted
      ? [...verdicts, { check: 'rate-limit', outcome: 'hold', code: 'rate-limit-uncounted', reason: 'the rate limit could not be counted' }]
      : verdicts,
  })
  context.note(pendingSubmission)
  return { pendingSubmission, row, answer: answerOf({ row, site, keys }) }
}

function bySite(pendingSubmissions: PendingSubmission[]): PendingSubmission[][] {
  const groups = new Map<string, PendingSubmission[]>()
  for (const pendingSubmission of pendingSubmissions)
    groups.set(pendingSubmission.site.id, [...(groups.get(pendingSubmission.site.id) ?? []), pendingSubmission])
  return [...groups.values()]
}

/** What a broken unique key means: the same comment came in by another replica at the same moment. */
function meaningOf(error: unknown): unknown {
  if (isUniqueViolation(error, 'IdempotencyKey')) return new AlreadyAnswered()
  if (isUniqueViolation(error, 'fingerprint')) return Duplicate()
  if (isMissingParent(error)) return new SiteChanged() // its thread was merged into another one meanwhile
  return error
}
