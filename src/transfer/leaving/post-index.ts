import SQLite from 'better-sqlite3'
import { dateOf } from '../import/files/dates.ts'
import { plainText } from '../import/readers/wxr-comment.ts'
import type { Post, PostComment } from './posts.ts'

/** Where a thread lands in WordPress, and by what that was told: its address, or comments of it that came from that post. */
export interface Landing {
  post: Post
  by: 'address' | 'comments'
}

/** As WordPress has a comment: its importer knows it again by exactly this name and date. */
export type Existing = Pick<PostComment, 'id' | 'author' | 'date' | 'dateGmt'>

export type PostIndex = ReturnType<typeof openPostIndex>

/**
 * What WordPress has, looked up by what we have: a SQLite file of its own, so that memory does not grow with the blog. It is made for one
 * export and holds names of writers: whoever makes it deletes it.
 */
export function openPostIndex(file: string) {
  const db = new SQLite(file)
  db.pragma('journal_mode = OFF') // a file that was not finished is of no use
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -16000')
  db.exec(TABLES)
  const byKey = db.prepare<[string], Post>(`SELECT ${POST} FROM address JOIN post ON post.id = address.post WHERE key = ?`)
  const byThread = db.prepare<[string], Post>(`SELECT ${POST} FROM tied JOIN post ON post.id = tied.post WHERE thread = ?`)
  const byOwnId = db.prepare<[string], Existing>(`SELECT ${COMMENT} FROM counterpart JOIN comment USING (id) WHERE ours = ?`)
  const byWriter = db.prepare<[number, string, string], { id: number }>(
    'SELECT id FROM comment WHERE post = ? AND dateGmt = ? AND writer = ? AND id NOT IN (SELECT id FROM counterpart) ORDER BY id LIMIT 1',
  )
  const onPost = db.prepare<[number], { id: number }>('SELECT id FROM comment WHERE post = ? LIMIT 1')
  const meet = db.prepare('INSERT OR IGNORE INTO counterpart (ours, id) VALUES (?, ?)')
  const isTaken = db.prepare<[string, string, string, string], { taken: number }>(
    `SELECT EXISTS (SELECT 1 FROM comment WHERE writer = ? AND date = ?) OR EXISTS (SELECT 1 FROM said WHERE writer = ? AND date = ?) AS taken`,
  )
  const say = db.prepare('INSERT INTO said (writer, date) VALUES (?, ?)')
  const highest = db.prepare<[], { post: number; comment: number }>(
    'SELECT coalesce((SELECT max(id) FROM post), 0) AS post, coalesce((SELECT max(id) FROM comment), 0) AS comment',
  )

  return {
    db,

    /** Null when WordPress has no post of this thread. */
    landingOf({ id, key }: { id: string; key: string }): Landing | null {
      const atAddress = byKey.get(key)
      if (atAddress) return { post: atAddress, by: 'address' }
      const throughComments = byThread.get(id)
      return throughComments ? { post: throughComments, by: 'comments' } : null
    },

    /** Takes a comment of a post for the one that WordPress has there of the same person and second. */
    meet({ post, id, name, createdAt }: { post: Post; id: string; name: string; createdAt: string }): void {
      if (byOwnId.get(id)) return
      const found = byWriter.get(post.id, secondOf(createdAt), writerOf(name))
      if (found) meet.run(id, found.id)
    },

    /** Whether WordPress has comments there. */
    hasComments: ({ id }: Post): boolean => onPost.get(id) !== undefined,

    /** The comment that WordPress has itself; undefined for one that it has not. */
    existing: (id: string): Existing | undefined => byOwnId.get(id),

    /**
     * The time for a comment that WordPress has not: its own, or as many seconds later as it takes for nobody of this name to have written
     * then. Of two comments by one name in one second WordPress's importer takes only the first.
     */
    freeTime({ name, createdAt, local }: { name: string; createdAt: string; local: (iso: string) => string }): string {
      const writer = writerOf(name)
      let at = createdAt
      while (isTaken.get(writer, local(at), writer, local(at))?.taken) at = new Date(Date.parse(at) + 1000).toISOString()
      say.run(writer, local(at))
      return at
    },

    /** The highest numbers that WordPress has given. */
    highest: (): { post: number; comment: number } => highest.get() ?? { post: 0, comment: 0 },

    close: () => void db.close(),
  }
}

/** Names as WordPress's database compares them: neither case nor accents tell them apart. */
export const writerOf = (name: string): string =>
  plainText(name)
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()

/** `2026-03-01 08:00:10`, of ISO text or of what WordPress writes. */
export const secondOf = (text: string): string => (dateOf(text)?.toISOString() ?? text).slice(0, 19).replace('T', ' ')

const POST = 'post.id, post.title, post.date, post.dateGmt, post.status, post.name, post.type'
const COMMENT = 'comment.id, comment.author, comment.date, comment.dateGmt'

const TABLES = `
CREATE TABLE IF NOT EXISTS post (id INTEGER PRIMARY KEY, title TEXT, date TEXT, dateGmt TEXT, status TEXT, name TEXT, type TEXT);

-- Addresses as the site's rules read them.
CREATE TABLE IF NOT EXISTS address (key TEXT PRIMARY KEY, post INTEGER NOT NULL, weight INTEGER NOT NULL) WITHOUT ROWID;

-- WordPress's own comments; "item" is where in its file they stand.
CREATE TABLE IF NOT EXISTS comment (
  id INTEGER PRIMARY KEY, item INTEGER NOT NULL, post INTEGER, author TEXT NOT NULL, writer TEXT NOT NULL, date TEXT NOT NULL, dateGmt TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS comment_said ON comment (writer, date);
CREATE INDEX IF NOT EXISTS comment_item ON comment (item);
CREATE INDEX IF NOT EXISTS comment_post ON comment (post, dateGmt);

-- Which of ours they are, and which thread came from which post by that.
CREATE TABLE IF NOT EXISTS counterpart (ours TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tied (thread TEXT PRIMARY KEY, post INTEGER NOT NULL) WITHOUT ROWID;

-- Who the comments written so far are from, and when.
CREATE TABLE IF NOT EXISTS said (writer TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY (writer, date)) WITHOUT ROWID;
`
