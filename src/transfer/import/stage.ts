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
    close: () => void db.close(),
  }
}

const TABLES = `
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Threads as the file names them; several may be one article. "refused" says why one cannot be taken.
CREATE TABLE IF NOT EXISTS thread (
  name TEXT PRIMARY KEY, key TEXT, url TEXT, title TEXT, open INTEGER, at INTEGER, id TEXT, place TEXT NOT NULL, refused TEXT
) WITHOUT ROWID;

-- Comments in the order of the file.
CREATE TABLE IF NOT EXISTS comment (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, thread TEXT NOT NULL, parent TEXT, at INTEGER, place TEXT NOT NULL, removed INTEGER NOT NULL, entry TEXT NOT NULL
);

-- The articles that they come to by the site's rules. "isNew" is what came of it.
CREATE TABLE IF NOT EXISTS article (
  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, title TEXT, open INTEGER NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL,
  comments INTEGER NOT NULL, isNew INTEGER
);

-- What each answers: a comment of the file, or one that is only known by name; "orphan" says why it lost it.
CREATE TABLE IF NOT EXISTS tie (n INTEGER PRIMARY KEY, article INTEGER NOT NULL, at INTEGER NOT NULL, parent INTEGER, outside TEXT, orphan TEXT);
CREATE INDEX IF NOT EXISTS tie_parent ON tie (parent);

-- The order in which comments are brought in, each behind what it answers; then which comment here it is, and what came of it.
CREATE TABLE IF NOT EXISTS plan (
  position INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, article INTEGER NOT NULL, at INTEGER NOT NULL, parent INTEGER, outside TEXT, orphan TEXT,
  id TEXT, threadId TEXT, rootId TEXT, depth INTEGER, path TEXT, outcome TEXT
);
`
