import type { Addresses } from '../../sites/article-url.ts'
import { createNotes, type Noted } from './notes.ts'
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
}

/** Works out of what is in the stage which articles there are, what answers what, and in which order comments are brought in. */
export function makePlan({ stage, addresses, siteId, now }: { stage: Stage; addresses: Addresses; siteId: string; now: Date }): PlanFacts {
  const { db } = stage
  const skipped = createNotes()
  db.function('thread_id', { deterministic: true }, (own, at, place, key) => threadId({ own, at, place, of: `${siteId}\n${String(key)}` }))
  db.exec('DELETE FROM article; DELETE FROM tie; DELETE FROM plan')

  db.transaction(() => {
    addMissingThreads(stage, addresses)
    addArticles(stage, now)
    const refused = db.prepare<[], Refused>(
      'SELECT t.refused AS reason, c.name, c.place FROM comment c JOIN thread t ON t.name = c.thread WHERE t.refused IS NOT NULL ORDER BY c.n',
    )
    for (const { reason, name, place } of refused.iterate()) skipped.add(reason, { id: name, at: JSON.parse(place) as object })
    tie(stage)
    for (const { reason, name, place } of dropEmptyPlaces(stage)) skipped.add(reason, { id: name, at: JSON.parse(place) as object })
    cutLoops(stage)
    db.exec(IN_ORDER)
  })()

  const count = (sql: string) => (db.prepare(sql).get() as { count: number }).count
  const facts = {
    total: count('SELECT count(*) AS count FROM plan'),
    retied: count('SELECT count(*) AS count FROM tie WHERE parent > n'),
    skipped: skipped.list(),
  }
  stage.set('plan', facts)
  return facts
}

interface Refused {
  reason: string
  name: string
  place: string
}

/** An id that our own file names is kept, should it be free; whatever else is called by its time. */
function threadId({ own, at, place, of }: { own: unknown; at: unknown; place: unknown; of: string }): string {
  if (typeof own === 'string' && isIdAt(own, Number(at))) return own
  return idOf({ at: new Date(Number(at)), place: Number(place), of })
}

/** Comments may name their article by its address, without saying anything else of it. */
function addMissingThreads({ db }: Stage, addresses: Addresses) {
  const missing = db.prepare<[], { name: string }>(
    `SELECT DISTINCT thread AS name FROM comment WHERE NOT EXISTS (SELECT 1 FROM thread WHERE thread.name = comment.thread) LIMIT ${AT_ONCE}`,
  )
  const insert = db.prepare("INSERT INTO thread (name, key, url, place, refused) VALUES (?, ?, ?, '{}', ?)")
  for (let names = missing.all(); names.length > 0; names = missing.all()) {
    for (const { name } of names) {
      const article = addresses.articleAt(name)
      if (article?.isOwn) insert.run(name, article.key, article.url, null)
      else insert.run(name, null, null, article ? "its article is on a host that is not the site's" : 'its article is not in the file')
    }
  }
}

/** Of several threads that are one article the first by name counts; what it does not say another may. */
function addArticles({ db }: Stage, now: Date) {
  db.prepare(
    `INSERT INTO article (n, key, url, title, open, at, id, comments)
     SELECT n, key, url, title, open, at, thread_id(id, at, n, key), comments FROM (
       SELECT row_number() OVER (ORDER BY min(first), key) AS n, key, url, max(title) AS title, max(coalesce(open, 1)) AS open,
         coalesce(min(t.at), min(earliest), ?) AS at, t.id AS id, sum(coalesce(comments, 0)) AS comments, min(t.name)
       FROM thread t LEFT JOIN (
         SELECT thread, min(n) AS first, min(at) AS earliest, count(*) AS comments FROM comment GROUP BY thread
       ) c ON c.thread = t.name
       WHERE refused IS NULL GROUP BY key
       HAVING comments > 0 OR max(t.id) IS NOT NULL OR max(coalesce(open, 1)) = 0)`,
  ).run(now.getTime())
}

/** A reply may stand before what it answers, answer something that is not in the file but was brought in earlier, or nothing. */
function tie({ db }: Stage) {
  db.exec(`
    INSERT INTO tie (n, article, at)
      SELECT c.n, a.n, coalesce(c.at, a.at) FROM comment c JOIN thread t ON t.name = c.thread JOIN article a ON a.key = t.key WHERE t.refused IS NULL;
    UPDATE tie SET parent = p.n FROM comment c JOIN comment p ON p.name = c.parent JOIN tie other ON other.n = p.n
      WHERE c.n = tie.n AND other.article = tie.article AND p.n <> c.n;
    UPDATE tie SET orphan = 'elsewhere' FROM comment c JOIN comment p ON p.name = c.parent JOIN tie other ON other.n = p.n
      WHERE c.n = tie.n AND tie.parent IS NULL;
    UPDATE tie SET outside = c.parent FROM comment c WHERE c.n = tie.n AND c.parent IS NOT NULL AND tie.parent IS NULL AND tie.orphan IS NULL`)
}

/** A place of a comment that was taken away is of use only below replies. */
function* dropEmptyPlaces({ db }: Stage): Generator<Refused> {
  const empty = db.prepare<[], { n: number; name: string; place: string }>(
    `SELECT c.n, c.name, c.place FROM comment c JOIN tie ON tie.n = c.n
     WHERE c.removed = 1 AND NOT EXISTS (SELECT 1 FROM tie reply WHERE reply.parent = c.n) LIMIT ${AT_ONCE}`,
  )
  const drop = db.prepare('DELETE FROM tie WHERE n = ?')
  for (let places = empty.all(); places.length > 0; places = empty.all()) {
    for (const { n, name, place } of places) {
      drop.run(n)
      yield { reason: 'it was removed there, and nothing answers it', name, place }
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
