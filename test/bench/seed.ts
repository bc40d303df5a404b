import SQLite from 'better-sqlite3'
import { pathOfRoot } from '../../src/comments/path.ts'
import { newId } from '../../src/ids.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { emailIndex, aadOf, seal } from '../../src/privacy/sealed.ts'
import { SECRET } from './server.ts'

const PER_THREAD = 50
const keys = deriveKeys(SECRET)

/** Adds comments to a migrated database until it holds `total`, `held` of all of them pending; the rest approved, 50 to a thread. */
export function seed({ file, total, held }: { file: string; total: number; held: number }): void {
  const db = new SQLite(file)
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -200000')
  const site = db.prepare(`SELECT id FROM "Site" WHERE key = 'default'`).get() as { id: string }
  const { n: present } = db.prepare(`SELECT count(*) AS n FROM "Comment"`).get() as { n: number }
  const { n: heldPresent } = db.prepare(`SELECT count(*) AS n FROM "Comment" WHERE queue = 'pending'`).get() as { n: number }
  const thread = db.prepare(
    `INSERT INTO "Thread" (id, siteId, url, key, title, open, approvedCount, version, createdAt) VALUES (?, ?, ?, ?, ?, 1, 0, 1, ?)`,
  )
  const comment =
    db.prepare(`INSERT INTO "Comment" (id, siteId, threadId, rootId, depth, path, status, queue, shown, name, emailSealed, emailIndex, body, html, sanitizer, folded, verdicts, createdAt)
    VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, '[]', ?)`)
  const begin = Date.parse('2020-01-01T00:00:00Z')
  const every = Math.max(1, Math.floor((total - present) / Math.max(1, held - heldPresent)))
  let threadId = ''
  db.transaction(() => {
    for (let n = present; n < total; n++) {
      const at = new Date(begin + n * 60_000)
      const time = at.toISOString()
      if (n === present || n % PER_THREAD === 0) {
        threadId = newId(at)
        const url = `https://berita.example/artikel/${Math.floor(n / PER_THREAD)}-${present}`
        thread.run(threadId, site.id, url, url, 'Kereta malam', time)
      }
      const id = newId(at)
      const isHeld = held > heldPresent && (n - present) % every === 0
      const email = `pembaca${n % 50_000}@example.com`
      const body = `Komentar nomor ${n} tentang kereta malam yang berhenti lebih lama di stasiun kecil itu.`
      comment.run(
        id,
        site.id,
        threadId,
        id,
        pathOfRoot(id),
        isHeld ? 'pending' : 'approved',
        isHeld ? 'pending' : null,
        isHeld ? 0 : 1,
        `Pembaca ${n}`,
        seal({ keys, aad: aadOf('Comment.email', id), value: email }),
        emailIndex(keys, email),
        body,
        `<p>${body}</p>`,
        `pembaca ${n}\n${body.toLowerCase()}`,
        time,
      )
    }
    db.prepare(
      `UPDATE "Thread" SET approvedCount = (SELECT count(*) FROM "Comment" c WHERE c.threadId = "Thread".id AND c.status = 'approved')`,
    ).run()
    db.prepare(
      `UPDATE "Site" SET pendingCount = (SELECT count(*) FROM "Comment" WHERE queue = 'pending'), approvedCount = (SELECT count(*) FROM "Comment" WHERE status = 'approved')`,
    ).run()
  })()
  db.close()
}

/** Puts the comments of many seeded articles, from number 1500 on, under the first of them. */
export function seedLongThread({ file, comments }: { file: string; comments: number }): void {
  const db = new SQLite(file)
  const idOf = db.prepare(`SELECT id FROM "Thread" WHERE url = ?`)
  const move = db.prepare(`UPDATE "Comment" SET threadId = ? WHERE threadId = ?`)
  const { id } = idOf.get(LONG_THREAD) as { id: string }
  db.transaction(() => {
    for (let number = 1501; number < 1500 + comments / PER_THREAD; number++)
      move.run(id, (idOf.get(threadUrl(number)) as { id: string }).id)
    db.prepare(
      `UPDATE "Thread" SET approvedCount = (SELECT count(*) FROM "Comment" WHERE threadId = ? AND status = 'approved') WHERE id = ?`,
    ).run(id, id)
  })()
  db.close()
}

/** The address of a seeded article. */
export const threadUrl = (number: number) => `https://berita.example/artikel/${number}-0`
/** One that has a full page of comments. */
export const FULL_THREAD = threadUrl(1)
export const LONG_THREAD = threadUrl(1500)
