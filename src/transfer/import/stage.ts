import SQLite from 'better-sqlite3'

export type Stage = ReturnType<typeof openStage>

/**
 * Where a file is laid out before anything of it is written: a SQLite file of its own beside it. Comments can so be brought into an
 * order in which parents come before replies, in memory that does not grow with them, and after a crash the work goes on from what is
 * there. It holds what the file holds, addresses too: its mode is the file's, and it goes with it.
 */
export function openStage(file: string) {
  const db = new SQLite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('cache_size = -16000')
  db.pragma('temp_store = FILE')
  dropOtherVersion(db)
  db.exec(TABLES)
  const setFact = db.prepare('INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)')
  const getFact = db.prepare<[string], { value: string }>('SELECT value FROM fact WHERE name = ?')
  return {
    db,
    /** Keeps something about the whole, as JSON. */
    set: (name: string, value: unknown) => void setFact.run(name, JSON.stringify(value)),
    get: (name: string): unknown => {
      const row = getFact.get(name)
      return row && (JSON.parse(row.value) as unknown)
    },
    /** Forgets all that was read and planned. */
    clear: () => void db.exec(TABLE_NAMES.map((name) => `DELETE FROM ${name}`).join('; ')),
    close: () => void db.close(),
  }
}

function dropOtherVersion(db: SQLite.Database) {
  if (db.pragma('user_version', { simple: true }) === VERSION) return
  const names = db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  for (const { name } of names) db.exec(`DROP TABLE "${name}"`)
  db.pragma(`user_version = ${VERSION}`)
}

const TABLE_NAMES = ['fact', 'thread', 'comment', 'seen', 'refusal', 'rejected', 'external', 'redirect', 'article', 'tie', 'plan']

/** Rises with every change of the tables: a stage that an older version left is laid out anew. */
const VERSION = 3

const TABLES = `
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Threads as the file names them; several may be one article. "refused" says why one cannot be taken, "origin" is the article's host.
CREATE TABLE IF NOT EXISTS thread (
  name TEXT PRIMARY KEY, key TEXT, url TEXT, title TEXT, open INTEGER, at INTEGER, id TEXT, place TEXT NOT NULL, refused TEXT, origin TEXT NOT NULL
) WITHOUT ROWID;

-- Comments in the order of the file. "origin" is null where it is the article's host.
CREATE TABLE IF NOT EXISTS comment (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL, thread TEXT NOT NULL, origin TEXT, parent TEXT, at INTEGER, place TEXT NOT NULL,
  status TEXT NOT NULL, removed INTEGER NOT NULL, entry TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS comment_name ON comment (name);

-- The file's own count, taken while it was read: what the plan is held against.
CREATE TABLE IF NOT EXISTS seen (thread TEXT NOT NULL, status TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (thread, status)) WITHOUT ROWID;

-- Comments that planning leaves out, and why.
CREATE TABLE IF NOT EXISTS refusal (n INTEGER PRIMARY KEY, reason TEXT NOT NULL);

-- What reading leaves out, and why: as it goes into the list of it. "thread" is the name of its thread, where it has one.
CREATE TABLE IF NOT EXISTS rejected (n INTEGER PRIMARY KEY, reason TEXT NOT NULL, thread TEXT, record TEXT NOT NULL);

-- What only our own files have: earlier names of comments, and addresses that lead elsewhere.
CREATE TABLE IF NOT EXISTS external (n INTEGER PRIMARY KEY, record TEXT NOT NULL, comment TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS redirect (n INTEGER PRIMARY KEY, record TEXT NOT NULL);

-- The articles that they come to by the site's rules. "isNew" is what came of it.
CREATE TABLE IF NOT EXISTS article (
  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, title TEXT, open INTEGER NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL,
  comments INTEGER NOT NULL, isNew INTEGER
);

-- Whose each is, and what it answers: a comment of the file, or one that is only known by name; "orphan" says why it lost it. "shared"
-- marks numbers whose origin is the article: 1 where the format counts so, 2 where one stands under several articles of the file.
CREATE TABLE IF NOT EXISTS tie (
  n INTEGER PRIMARY KEY, article INTEGER NOT NULL, origin TEXT NOT NULL, shared INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, parent INTEGER,
  outside TEXT, orphan TEXT
);
CREATE INDEX IF NOT EXISTS tie_parent ON tie (parent);

-- The order in which comments are brought in, each behind what it answers; then which comment here it is, by which origin it is known, what
-- came of it, and whether another one here has its number.
CREATE TABLE IF NOT EXISTS plan (
  position INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, article INTEGER NOT NULL, at INTEGER NOT NULL, parent INTEGER, outside TEXT, orphan TEXT,
  id TEXT, threadId TEXT, rootId TEXT, depth INTEGER, path TEXT, outcome TEXT, origin TEXT, clash INTEGER
);
`
