import fc from 'fast-check'
import { placeBelow } from '../../src/comments/comment.ts'
import type { Database } from '../../src/database/connect.ts'
import { newId } from '../../src/ids.ts'
import { addComments, addSite, commentRow, second } from './history.ts'

// Whatever people type, and more of what is special to the formats than chance would give. Never NUL: it is refused at the door.
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ']]>',
          '<![CDATA[',
          '&',
          '<b>',
          '"',
          "'",
          ',',
          '=',
          '\t',
          '\r\n',
          '\u0001',
          '\uffff',
          '\u2028',
          '😀',
          'é',
          '&amp;',
          'a',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  .map((typed) => typed.replaceAll('\0', ''))

const comment = fc.record({
  name: text,
  email: fc.option(fc.constantFrom('budi@example.org', 'ani+b@example.co.id')),
  website: fc.option(fc.constantFrom('https://budi.example/?a=1&b=<2>', 'https://x.example/')),
  pageTitle: fc.option(text),
  body: text,
  html: text,
  status: fc.constantFrom('approved', 'pending', 'rejected', 'spam', 'removed'),
  /** Seconds into the history: a reply may be dated before what it answers, and many comments have the same time. */
  at: fc.integer({ min: 0, max: 50 }),
  /** Answers the comment at this place among those before it. */
  parent: fc.option(fc.nat({ max: 20 })),
  version: fc.integer({ min: 1, max: 9 }),
  verdicts: fc.array(
    fc.record({ check: text, outcome: fc.constant('hold'), reason: text, facts: fc.dictionary(text, fc.oneof(text, fc.integer())) }),
    {
      maxLength: 2,
    },
  ),
  edited: fc.boolean(),
  history: fc.array(fc.record({ actorName: text, action: fc.constantFrom('approve', 'edit', 'undo'), reason: fc.option(text) }), {
    maxLength: 2,
  }),
  revisions: fc.array(
    fc.record({ body: text, html: text, state: fc.constantFrom('waiting', 'published', 'dropped'), replacedBody: fc.option(text) }),
    { maxLength: 2 },
  ),
  reports: fc.array(fc.record({ reason: fc.option(text), dismissed: fc.boolean() }), { maxLength: 2 }),
})

/** Histories with everything odd in them: threads, each with its comments. */
export const oddHistory = fc.array(
  fc.record({ title: fc.option(text), open: fc.boolean(), comments: fc.array(comment, { maxLength: 8 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
)
type OddHistory = typeof oddHistory extends fc.Arbitrary<infer History> ? History : never

/** Stores a history as a new site; gives its id and the rows of its comments. */
export async function storeOdd(db: Database, history: OddHistory, key: string) {
  const { siteId, threadIds } = await addSite(db, { key, threads: history.length })
  const rows: ReturnType<typeof commentRow>[] = []
  const below: Later[] = []
  for (const [n, { title, open, comments }] of history.entries()) {
    const threadId = threadIds[n] ?? ''
    await db.write((tx) => tx.thread.update({ where: { id: threadId }, data: { title, open } }))
    const placed: (ReturnType<typeof commentRow> & { depth: number; rootId: string; path: string })[] = []
    for (const { at, parent, email, edited, history: entries, revisions, reports, ...fields } of comments) {
      const answered = parent === null ? undefined : placed[parent % Math.max(placed.length, 1)]
      const row = commentRow({
        siteId,
        threadId,
        at: second(at),
        parentId: answered?.id ?? null,
        ...(email !== null && { email }),
        editedAt: edited ? second(at + 5) : null,
        reports: reports.filter(({ dismissed }) => !dismissed).length,
        ...fields,
      })
      const place = placeBelow({ id: row.id, parent: answered ?? null })
      placed.push({ ...row, ...place })
      below.push({ row: { ...row, ...place }, entries, revisions, reports })
    }
    rows.push(...placed)
  }
  await addComments(db, rows)
  await db.write(async (tx) => {
    for (const { row, entries, revisions, reports } of below) {
      const at = second(100)
      for (const entry of entries)
        await tx.history.create({
          data: { ...entry, id: newId(at), commentId: row.id, at, actorId: 'user:1', from: 'pending', to: row.status, version: 1 },
        })
      for (const revision of revisions)
        await tx.revision.create({
          data: { ...revision, id: newId(at), commentId: row.id, sanitizer: 1, verdicts: [], replacedHtml: null, createdAt: at },
        })
      for (const report of reports) {
        const id = newId(at)
        await tx.report.create({ data: { ...report, id, siteId, commentId: row.id, reporter: id, network: id, createdAt: at } })
      }
    }
  })
  return { siteId, threadIds, rows }
}

interface Later {
  row: ReturnType<typeof commentRow>
  entries: OddHistory[number]['comments'][number]['history']
  revisions: OddHistory[number]['comments'][number]['revisions']
  reports: OddHistory[number]['comments'][number]['reports']
}
