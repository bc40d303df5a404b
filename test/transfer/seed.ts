import type { Database } from '../../src/database/connect.ts'
import { newId } from '../../src/ids.ts'
import { exportSite } from '../../src/transfer/export.ts'
import type { ExportOptions } from '../../src/transfer/reading.ts'
import { newestComment } from '../../src/transfer/store.ts'
import { newestThread } from '../../src/transfer/thread-store.ts'
import { addComments, addSite, commentRow, keys, second, textOf } from './history.ts'

/** What an export is asked for: the whole of a site now, unless told otherwise. */
export async function optionsFor(db: Database, options: Partial<ExportOptions> & { siteId: string }): Promise<ExportOptions> {
  return {
    format: 'ndjson',
    emails: false,
    site: { name: 'Situs', locale: 'id', timeZone: 'Asia/Jakarta', origin: 'https://blog.example', maxDepth: 5 },
    upTo: { thread: await newestThread(db, options), comment: await newestComment(db, options) },
    ...options,
  }
}

export const exported = async (db: Database, options: Partial<ExportOptions> & { siteId: string }) =>
  textOf(exportSite({ db, keys, options: await optionsFor(db, options) }))

export interface Line {
  type: string
  id: string
  [field: string]: unknown
}
export const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
export const idsOf = (lines: Line[], type: string) => lines.filter((line) => line.type === type).map(({ id }) => id)

/** A small history with something of everything in it. */
export async function seed(db: Database) {
  const site = await addSite(db, { key: 'blog', threads: 2, settings: { mode: 'publish-all', holdWords: ['judi'] } })
  const [one = '', two = ''] = site.threadIds
  const row = { siteId: site.siteId, threadId: one }
  const approved = commentRow({
    ...row,
    at: second(10),
    name: 'Budi "B" 😀',
    email: 'budi@example.org',
    website: 'https://budi.example/',
    body: '=1+1\nשלום',
    browserIndex: 'BROWSERINDEX',
    networkIndex: 'NETWORKINDEX',
    ip: '203.0.113.7',
    editedAt: second(50),
    verdicts: [{ reason: 'two links', check: 'links', outcome: 'hold', facts: { links: 2, limit: 1 } }],
  })
  const reply = commentRow({ ...row, at: second(20), status: 'pending', parentId: approved.id, email: 'ani@example.org' })
  const spam = commentRow({ ...row, threadId: two, at: second(30), status: 'spam', name: 'Judi' })
  const removed = commentRow({ ...row, threadId: two, at: second(40), status: 'removed', name: '', body: '', html: '' })
  await addComments(db, [removed, spam, reply, approved])
  const revision = {
    id: newId(second(70)),
    commentId: approved.id,
    state: 'waiting',
    body: 'baru',
    html: '<p>baru</p>',
    sanitizer: 1,
    verdicts: [],
    createdAt: second(70),
  }
  const batch = newId(second(60))
  const decision = {
    id: newId(second(60)),
    commentId: approved.id,
    at: second(60),
    actorId: 'user:1',
    actorName: 'Moderator',
    action: 'approve',
    from: 'pending',
    to: 'approved',
    version: 2,
    batchId: batch,
    via: 'mail',
  }
  const edit = {
    id: newId(second(61)),
    commentId: approved.id,
    at: second(61),
    actorId: 'key:2',
    actorName: 'Bot',
    action: 'edit',
    from: 'approved',
    to: 'approved',
    reason: 'typo',
    version: 3,
    revisionId: revision.id,
  }
  const report = {
    id: newId(second(80)),
    siteId: site.siteId,
    commentId: approved.id,
    reporter: 'BROWSERINDEX',
    network: 'NETWORKINDEX',
    reason: 'kasar',
    dismissed: true,
    createdAt: second(80),
  }
  await db.write(async (tx) => {
    await tx.history.createMany({ data: [edit, decision] })
    await tx.revision.create({ data: revision })
    await tx.report.create({ data: report })
  })
  return { ...site, one, two, approved, reply, spam, removed, revision, decision, edit, report, batch }
}
