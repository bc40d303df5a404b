import type { Addresses } from '../../sites/article-url.ts'
import type { Move } from './move.ts'
import { createNotes, type Noted } from './notes.ts'
import { hostOf } from './origin.ts'
import { type Difference, planDifferences } from './receipt.ts'
import { idOf, isIdAt } from './stable-id.ts'
import type { Stage } from './stage.ts'

const AT_ONCE = 1000

/** What came of planning, kept in the stage. */
export interface PlanFacts {
  /** Comments to bring in. */
  total: number
  /** Replies that stood before what they answer. */
  retied: number
  skipped: Noted[]
  /** Where it does not agree with the file's own count: nothing may be written then. */
  differences: Difference[]
}

/** Works out of what is in the stage which articles there are, what answers what, and in which order comments are brought in. */
export function makePlan({
  stage,
  addresses,
  siteId,
  now,
  moved,
  numbersPerArticle = false,
}: {
  stage: Stage
  addresses: Addresses
  /** Where addresses went since the site moved. */
  moved: Move
  siteId: string
  now: Date
  /** Whether the format may count comments anew under each article (source.ts). */
  numbersPerArticle?: boolean | undefined
}): PlanFacts {
  const { db } = stage
  db.function('thread_id', { deterministic: true }, (own, at, place, key) => threadId({ own, at, place, of: `${siteId}\n${String(key)}` }))
  db.exec('DELETE FROM article; DELETE FROM tie; DELETE FROM plan; DELETE FROM refusal')

  db.transaction(() => {
    addMissingThreads(stage, addresses, moved)
    addArticles(stage, now)
    db.exec(
      'INSERT INTO refusal (n, reason) SELECT c.n, t.refused FROM comment c JOIN thread t ON t.name = c.thread WHERE t.refused IS NOT NULL',
    )
    placeComments(stage)
    settleDoubles(stage)
    if (numbersPerArticle)
      db.exec(`UPDATE tie SET shared = 1, ${BY_ARTICLE} FROM comment c WHERE c.n = tie.n AND shared = 0 AND ${IS_NUMBER}`)
    tie(stage)
    dropEmptyPlaces(stage)
    cutLoops(stage)
    db.exec(IN_ORDER)
  })()

  const count = (sql: string) => (db.prepare(sql).get() as { count: number }).count
  const facts = {
    total: count('SELECT count(*) AS count FROM plan'),
    retied: count('SELECT count(*) AS count FROM tie WHERE parent > n'),
    skipped: refusals(stage),
    differences: planDifferences(stage),
  }
  stage.set('plan', facts)
  return facts
}

function refusals({ db }: Stage): Noted[] {
  const notes = createNotes()
  const refused = db.prepare<[], { reason: string; name: string; place: string }>(
    'SELECT r.reason, c.name, c.place FROM refusal r JOIN comment c ON c.n = r.n ORDER BY r.n',
  )
  for (const { reason, name, place: at } of refused.iterate()) notes.add(reason, { id: name, at: JSON.parse(at) as object })
  return notes.list()
}

/** An id that our own file names is kept, should it be free; whatever else is called by its time. */
function threadId({ own, at, place, of }: { own: unknown; at: unknown; place: unknown; of: string }): string {
  if (typeof own === 'string' && isIdAt(own, Number(at))) return own
  return idOf({ at: new Date(Number(at)), place: Number(place), of })
}

/** Comments may name their article by its address, without saying anything else of it. */
function addMissingThreads({ db }: Stage, addresses: Addresses, moved: Move) {
  const missing = db.prepare<[], { name: string }>(
    `SELECT DISTINCT thread AS name FROM comment WHERE NOT EXISTS (SELECT 1 FROM thread WHERE thread.name = comment.thread) LIMIT ${AT_ONCE}`,
  )
  const insert = db.prepare("INSERT INTO thread (name, key, url, place, refused, origin) VALUES (?, ?, ?, '{}', ?, ?)")
  for (let names = missing.all(); names.length > 0; names = missing.all()) {
    for (const { name } of names) {
      const address = moved(name) ?? name
      const article = addresses.articleAt(address)
      if (article?.isOwn) insert.run(name, article.key, article.url, null, hostOf(address))
      else insert.run(name, null, null, article ? 'foreign-host' : 'article-missing', '')
    }
  }
}

/**
 * Of several threads that are one article the first by name counts; what it does not say another may. Only our own files and what is closed
 * make a thread without comments. (The sum has no name: in HAVING, SQLite takes a name for the column of some row before it takes it for the sum.)
 */
function addArticles({ db }: Stage, now: Date) {
  db.prepare(
    `INSERT INTO article (n, key, url, title, open, at, id, comments)
     SELECT n, key, url, title, open, at, thread_id(id, at, n, key), total FROM (
       SELECT row_number() OVER (ORDER BY min(c.first), t.key) AS n, t.key, t.url, max(t.title) AS title, max(coalesce(t.open, 1)) AS open,
         coalesce(min(t.at), min(c.earliest), ?) AS at, t.id AS id, sum(coalesce(c.number, 0)) AS total, min(t.name)
       FROM thread t LEFT JOIN (
         SELECT thread, min(n) AS first, min(at) AS earliest, count(*) AS number FROM comment GROUP BY thread
       ) c ON c.thread = t.name
       WHERE t.refused IS NULL GROUP BY t.key
       HAVING sum(coalesce(c.number, 0)) > 0 OR max(t.id) IS NOT NULL OR max(coalesce(t.open, 1)) = 0)`,
  ).run(now.getTime())
}

/** Gives each comment that can be taken its article and its origin. */
function placeComments({ db }: Stage) {
  db.exec(`
    INSERT INTO tie (n, article, origin, at)
      SELECT c.n, a.n, coalesce(c.origin, t.origin), coalesce(c.at, a.at)
      FROM comment c JOIN thread t ON t.name = c.thread JOIN article a ON a.key = t.key WHERE t.refused IS NULL`)
}

/** A number that only its article gave: as origin stands the article's key, which no blog has since it begins with a scheme. */
const BY_ARTICLE = 'origin = (SELECT key FROM article WHERE article.n = tie.article)'
const IS_NUMBER = "c.name NOT GLOB '*[^0-9]*'"

/** An id that stands under one article twice is one comment, named twice; under several articles it is several comments that share a number. */
function settleDoubles({ db }: Stage) {
  const doubled = db.prepare<[], { name: string }>('SELECT name FROM comment GROUP BY name HAVING count(*) > 1').all()
  const named = db.prepare<[string], { n: number; article: number; origin: string }>(
    'SELECT tie.n, tie.article, tie.origin FROM comment c JOIN tie ON tie.n = c.n WHERE c.name = ? ORDER BY c.n',
  )
  const refuse = db.prepare("INSERT INTO refusal (n, reason) VALUES (?, 'twice')")
  const drop = db.prepare('DELETE FROM tie WHERE n = ?')
  const share = db.prepare(`UPDATE tie SET shared = 2, ${BY_ARTICLE} WHERE n = ?`)
  for (const { name } of doubled) {
    const kept: { article: number; origin: string; n: number }[] = []
    for (const one of named.all(name)) {
      if (kept.some(({ article, origin }) => article === one.article && origin === one.origin)) {
        refuse.run(one.n)
        drop.run(one.n)
      } else kept.push(one)
    }
    for (const one of kept) if (kept.some(({ n, origin }) => n !== one.n && origin === one.origin)) share.run(one.n)
  }
}

/** A reply may stand before what it answers, answer something that is not in the file but was brought in earlier, or nothing. */
function tie({ db }: Stage) {
  db.exec(`
    UPDATE tie SET parent = p.n FROM comment c JOIN comment p ON p.name = c.parent JOIN tie other ON other.n = p.n
      WHERE c.n = tie.n AND other.origin = tie.origin AND other.article = tie.article AND p.n <> c.n;
    UPDATE tie SET orphan = 'self' FROM comment c WHERE c.n = tie.n AND c.parent = c.name AND tie.parent IS NULL;
    UPDATE tie SET orphan = 'elsewhere' FROM comment c JOIN comment p ON p.name = c.parent JOIN tie other ON other.n = p.n
      WHERE c.n = tie.n AND other.origin = tie.origin AND tie.parent IS NULL AND tie.orphan IS NULL;
    UPDATE tie SET outside = c.parent FROM comment c WHERE c.n = tie.n AND c.parent IS NOT NULL AND tie.parent IS NULL AND tie.orphan IS NULL`)
}

/** A place of a comment that was taken away is of use only below replies; where one goes, the one above it may have to go too. */
function dropEmptyPlaces({ db }: Stage) {
  const empty = db.prepare<[], { n: number }>(
    `SELECT c.n FROM comment c JOIN tie ON tie.n = c.n
     WHERE c.removed = 1 AND NOT EXISTS (SELECT 1 FROM tie reply WHERE reply.parent = c.n) LIMIT ${AT_ONCE}`,
  )
  const refuse = db.prepare("INSERT INTO refusal (n, reason) VALUES (?, 'removed-leaf')")
  const drop = db.prepare('DELETE FROM tie WHERE n = ?')
  for (let places = empty.all(); places.length > 0; places = empty.all()) {
    for (const { n } of places) {
      refuse.run(n)
      drop.run(n)
    }
  }
}

/** Replies that answer one another in a circle: the first of each circle answers nothing from now on. */
function cutLoops({ db }: Stage) {
  db.exec(`DROP TABLE IF EXISTS tree; CREATE TEMP TABLE tree (n INTEGER PRIMARY KEY, root INTEGER, depth INTEGER); ${GROW}`)
  const unreached = db
    .prepare<[], { n: number; parent: number }>('SELECT n, parent FROM tie WHERE n NOT IN (SELECT n FROM tree) ORDER BY n')
    .all()
  if (unreached.length === 0) return
  const parents = new Map(unreached.map(({ n, parent }) => [n, parent]))
  const walked = new Map<number, number>()
  const cut = db.prepare("UPDATE tie SET parent = NULL, orphan = 'loop' WHERE n = ?")
  for (const { n: start } of unreached) {
    let n = start
    while (!walked.has(n)) {
      walked.set(n, start)
      n = parents.get(n) ?? n
    }
    if (walked.get(n) !== start) continue // leads to a circle that was cut already
    let first = n
    for (let next = parents.get(n) ?? n; next !== n; next = parents.get(next) ?? n) first = Math.min(first, next)
    cut.run(first)
  }
  db.exec(`DELETE FROM tree; ${GROW}`)
}

const GROW = `
  INSERT INTO tree WITH RECURSIVE grown (n, root, depth) AS (
    SELECT n, n, 0 FROM tie WHERE parent IS NULL UNION ALL SELECT tie.n, root, depth + 1 FROM grown JOIN tie ON tie.parent = grown.n
  ) SELECT * FROM grown;`

/** One article after another, in each one root with all below it after another, as they were written. */
const IN_ORDER = `
  INSERT INTO plan (n, article, at, parent, outside, orphan)
    SELECT tie.n, tie.article, tie.at, tie.parent, tie.outside, tie.orphan FROM tree JOIN tie ON tie.n = tree.n JOIN tie root ON root.n = tree.root
    ORDER BY tie.article, root.at, root.n, tree.depth, tie.at, tie.n;
  DROP TABLE tree;`
