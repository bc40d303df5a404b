import { z } from 'zod'
import type { Outcome } from './judge.ts'
import { createNotes, Noted } from './notes.ts'
import type { PlanFacts } from './plan.ts'
import type { ReadFacts } from './read-file.ts'
import type { Stage } from './stage.ts'

/** Articles that are listed; all are counted. */
const LISTED = 500

const Counts = {
  new: z.int().meta({ description: 'Brought in; in a dry run, what would be' }),
  same: z.int().meta({ description: 'Here already, or here before and deleted here' }),
  changed: z.int().meta({ description: 'Changed there since it came in and not touched here: text and status are taken over' }),
  kept: z.int().meta({ description: 'Changed there, but decided on or edited here too: it stays as it is here' }),
}

/** What became of a file: every comment that was read is in one of the counts. */
export const ImportReport = z
  .object({
    comments: z.object({ read: z.int(), ...Counts, skipped: z.int() }),
    threads: z.object({ read: z.int(), new: z.int(), same: z.int() }),
    skipped: z.array(Noted).meta({ description: 'What was left out, by reason; the first ten of each are named' }),
    retied: z.int().meta({ description: 'Replies that stood in the file before what they answer' }),
    orphans: z.array(Noted).meta({ description: 'Replies that answer nothing any more and stand by themselves, by reason' }),
    losses: z.array(Noted).meta({ description: 'Comments that came in without something that cannot be kept' }),
    articles: z
      .array(z.object({ url: z.string(), title: z.string().nullable(), isNew: z.boolean(), comments: z.int(), ...Counts }))
      .meta({ description: `The ${LISTED} with the most comments` }),
    moreArticles: z.int().meta({ description: 'How many are not listed' }),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.output<typeof ImportReport>

const ORPHANS: Record<string, string> = {
  missing: 'what it answers is not in the file, or was left out',
  elsewhere: 'what it answers stands under another article',
  deleted: 'what it answers was deleted here',
  loop: 'it answers itself by way of its own replies',
}

const LOSSES: Record<string, string> = {
  date: "it had no date that can be right, and was given its article's or the one of its import",
  email: 'its e-mail address is none, and was left out',
  website: 'its website is no http or https address, and was left out',
  name: 'its name was too long, and was cut',
}

/** The report of what was done so far. */
export function reportOf(stage: Stage): ImportReport {
  const { db } = stage
  const read = (stage.get('read') as ReadFacts | undefined) ?? { comments: 0, threads: 0, skipped: [], losses: [] }
  const plan = (stage.get('plan') as PlanFacts | undefined) ?? { total: 0, retied: 0, skipped: [] }
  const skipped = createNotes([...read.skipped, ...plan.skipped])
  const refused = db.prepare<[], { name: string; place: string }>(
    "SELECT c.name, c.place FROM plan p JOIN comment c ON c.n = p.n WHERE p.outcome = 'refused'",
  )
  for (const { name, place } of refused.iterate())
    skipped.add('the database did not take it', { id: name, at: JSON.parse(place) as object })
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
  return {
    comments: {
      read: read.comments,
      new: counted('new'),
      same: counted('same'),
      changed: counted('changed'),
      kept: counted('kept'),
      skipped: skipped.count(),
    },
    threads: { read: read.threads, new: threads.new, same: threads.same },
    skipped: skipped.list(),
    retied: plan.retied,
    orphans: orphansOf(stage),
    losses: read.losses.map((loss) => ({ ...loss, reason: LOSSES[loss.reason] ?? loss.reason })),
    articles,
    moreArticles: threads.count - articles.length,
  }
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
  return notes.list()
}
