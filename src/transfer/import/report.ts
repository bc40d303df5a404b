import { z } from 'zod'
import { Host } from './hosts.ts'
import type { Outcome } from './outcome.ts'
import { createNotes, Noted, type Notes } from './notes.ts'
import type { PlanFacts } from './plan.ts'
import type { ReadFacts } from './read-file.ts'
import { told } from './reason-text.ts'
import type { Reason } from './reasons.ts'
import { Receipt } from './receipt.ts'
import type { Stage } from './stage.ts'

/** Articles that are listed; all are counted. */
const LISTED = 500

const Counts = {
  new: z.int().meta({ description: 'Brought in; in a dry run, what would be' }),
  same: z.int().meta({ description: 'Here already, or here before and deleted here' }),
  changed: z.int().meta({ description: 'Changed there since it came in and not touched here: text and status are taken over' }),
  kept: z.int().meta({ description: 'Changed there, but decided on or edited here too: it stays as it is here' }),
}

const Redirects = z.object({ read: z.int(), new: z.int(), same: z.int(), skipped: z.array(Noted) })

/** What became of a file: every comment that was read is in one of the counts. */
export const ImportReport = z
  .object({
    comments: z.object({ read: z.int(), ...Counts, skipped: z.int() }),
    threads: z.object({ read: z.int(), new: z.int(), same: z.int() }),
    skipped: z.array(Noted).meta({ description: 'What was left out, by reason; the first ten of each are named' }),
    retied: z.int().meta({ description: 'Replies that stood in the file before what they answer' }),
    orphans: z.array(Noted).meta({ description: 'Replies that answer nothing any more and stand by themselves, by reason' }),
    losses: z.array(Noted).meta({ description: 'Comments that came in without something that cannot be kept' }),
    hidden: z.array(Noted).meta({ description: 'Comments that came in as rejected, because what they stand under was not public there' }),
    clashes: z.array(Noted).meta({ description: 'Comments whose id another comment has too: each is a comment of its own' }),
    redirects: Redirects.nullable().meta({ description: 'Addresses that lead elsewhere; null for files that have none' }),
    receipt: Receipt.nullable().meta({ description: 'The count at the end, against that of the file; null in a dry run' }),
    notes: z.array(Noted).optional().meta({ description: 'What there is to know about the file as a whole; their count is 0' }),
    hosts: z.array(Host).optional().meta({ description: "The hosts of its articles' addresses, as they stand in the file" }),
    moved: z.int().nullable().optional().meta({ description: 'How many articles `from` moved to `base`; null where it was not asked for' }),
    articles: z
      .array(z.object({ url: z.string(), title: z.string().nullable(), isNew: z.boolean(), comments: z.int(), ...Counts }))
      .meta({ description: `The ${LISTED} with the most comments` }),
    moreArticles: z.int().meta({ description: 'How many are not listed' }),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.output<typeof ImportReport>

const ORPHANS: Record<string, Reason> = {
  missing: 'parent-missing',
  elsewhere: 'parent-elsewhere',
  deleted: 'parent-deleted',
  loop: 'parent-loop',
  self: 'parent-self',
}

const CLASHES = { articles: 'clash-articles', here: 'clash-here' } satisfies Record<string, Reason>

/** What of a plan is skipped in the end. */
const LEFT = { refused: 'refused', undone: 'undone' } satisfies Record<string, Reason>

const NOTHING_READ: ReadFacts = { comments: 0, threads: 0, skipped: [], losses: [], hidden: [], notes: [], hosts: [], moved: null }

/**
 * The report of what was done so far: every comment that was read is in one of the counts.
 * @param reached the position to which comments were written; the worker is ahead of that with what it has settled
 */
export function reportOf(stage: Stage, reached: number): ImportReport {
  const { db } = stage
  db.prepare('UPDATE plan SET outcome = NULL WHERE position > ? AND outcome IS NOT NULL').run(reached)
  const read = (stage.get('read') as ReadFacts | undefined) ?? NOTHING_READ
  const plan = (stage.get('plan') as PlanFacts | undefined) ?? { retied: 0, skipped: [] }
  const skipped = createNotes([...read.skipped, ...plan.skipped])
  addTo(skipped, stage, LEFT.refused, "p.outcome = 'refused'")
  addTo(skipped, stage, LEFT.undone, 'p.outcome IS NULL')
  const clashes = createNotes()
  addTo(clashes, stage, CLASHES.articles, 't.shared = 2')
  addTo(clashes, stage, CLASHES.here, "p.clash = 1 AND p.outcome = 'new'")
  const outcomes = db
    .prepare<[], { outcome: Outcome; count: number }>(
      'SELECT outcome, count(*) AS count FROM plan WHERE outcome IS NOT NULL GROUP BY outcome',
    )
    .all()
  const counted = (outcome: Outcome) => outcomes.find((row) => row.outcome === outcome)?.count ?? 0
  const threads = db
    .prepare('SELECT coalesce(sum(isNew = 1), 0) AS new, coalesce(sum(isNew = 0), 0) AS same, count(*) AS count FROM article')
    .get() as Record<'new' | 'same' | 'count', number>
  const articles = articlesOf(stage)
  const comments = {
    read: read.comments,
    new: counted('new'),
    same: counted('same'),
    changed: counted('changed'),
    kept: counted('kept'),
    skipped: skipped.count(),
  }
  checkSum(comments)
  return {
    comments,
    threads: { read: read.threads, new: threads.new, same: threads.same },
    skipped: skipped.list().map(told),
    retied: plan.retied,
    orphans: orphansOf(stage),
    losses: read.losses.map(told),
    hidden: read.hidden.map(told),
    clashes: clashes.list().map(told),
    redirects: null,
    receipt: null,
    notes: read.notes.map(told),
    hosts: read.hosts,
    moved: read.moved,
    articles,
    moreArticles: threads.count - articles.length,
  }
}

/** Names the planned comments of which something holds. */
function addTo(notes: Notes, { db }: Stage, reason: string, condition: string) {
  const rows = db.prepare<[], { name: string; place: string }>(
    `SELECT c.name, c.place FROM plan p JOIN comment c ON c.n = p.n JOIN tie t ON t.n = p.n WHERE ${condition} ORDER BY p.n`,
  )
  for (const { name, place } of rows.iterate()) notes.add(reason, { id: name, at: JSON.parse(place) as object })
}

/** @throws when a comment of the file is in no count, or in two */
function checkSum({ read, ...counts }: ImportReport['comments']) {
  const sum = Object.values(counts).reduce((one, other) => one + other, 0)
  if (sum !== read) throw new Error(`an import's report does not add up: ${read} read, ${JSON.stringify(counts)}`)
}

function articlesOf({ db }: Stage): ImportReport['articles'] {
  const rows = db
    .prepare<[], Omit<ImportReport['articles'][number], 'isNew'> & { isNew: number }>(
      `SELECT a.url, a.title, a.isNew, count(p.n) AS comments,
         coalesce(sum(p.outcome = 'new'), 0) AS new, coalesce(sum(p.outcome = 'same'), 0) AS same,
         coalesce(sum(p.outcome = 'changed'), 0) AS changed, coalesce(sum(p.outcome = 'kept'), 0) AS kept
       FROM article a LEFT JOIN plan p ON p.article = a.n GROUP BY a.n ORDER BY a.comments DESC, a.n LIMIT ${LISTED}`,
    )
    .all()
  return rows.map((row) => ({ ...row, isNew: row.isNew === 1 }))
}

function orphansOf({ db }: Stage): Noted[] {
  const notes = createNotes()
  const orphans = db.prepare<[], { orphan: string; name: string; place: string }>(
    `SELECT p.orphan, c.name, c.place FROM plan p JOIN comment c ON c.n = p.n WHERE p.orphan IS NOT NULL AND p.outcome = 'new' ORDER BY c.n`,
  )
  for (const { orphan, name, place } of orphans.iterate())
    notes.add(ORPHANS[orphan] ?? orphan, { id: name, at: JSON.parse(place) as object })
  return notes.list().map(told)
}
