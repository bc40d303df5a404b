import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { expectRecount } from '../../comments/recount.ts'
import { startApp } from '../../support/app.ts'
import { exportOf, reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

/** What people and their programs type, and what they should not be able to break. */
const odd = fc.oneof(
  fc.constantFrom(
    'شكرا',
    'ありがとう',
    '👩‍👩‍👧 😀',
    'a\u0301',
    '"; DROP TABLE "Comment" --',
    '=1+1',
    '\\',
    '</p>',
    '&amp;lt;',
    '\u2028',
    '%00',
    '{"type":"trailer"}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
)
const html = fc.constantFrom(
  '<p>a</p>',
  '<p>a &amp; b<br>\nc</p>',
  '<pre><code>x\n  y</code></pre>',
  '<blockquote><p><em>q</em></p></blockquote>',
  '<p><a href="https://a.example/?b=1&amp;c=2" rel="nofollow ugc noopener">a</a></p>',
)
const time = (second: number) => new Date(Date.parse('2026-03-02T00:00:00Z') + second * 1000).toISOString()
const verdicts = fc.array(fc.record({ check: odd, outcome: fc.constantFrom('hold', 'spam'), reason: odd }), { maxLength: 2 })

const deeds = fc.record({
  revision: fc.option(fc.record({ state: fc.constantFrom('waiting', 'published', 'dropped', 'superseded'), body: odd, html, verdicts }), {
    nil: null,
  }),
  history: fc.array(fc.record({ action: fc.constantFrom('approve', 'edit', 'undo'), reason: fc.option(odd), isOfRevision: fc.boolean() }), {
    maxLength: 3,
  }),
  reports: fc.array(fc.record({ reason: fc.option(odd), dismissed: fc.boolean() }), { maxLength: 2 }),
})

const one = fc.record({
  thread: fc.nat(2),
  parent: fc.nat(6),
  status: fc.constantFrom('approved', 'approved', 'pending', 'rejected', 'spam', 'removed'),
  name: odd,
  email: fc.option(fc.constantFrom('budi@example.org', 'Ani.B+x@mail.example')),
  website: fc.option(fc.constant('https://budi.example/')),
  isModerator: fc.boolean(),
  pageTitle: fc.option(odd),
  body: odd,
  html,
  isEdited: fc.boolean(),
  verdicts,
  deeds,
})

/** A file as an export writes it, of any history that a site could have. */
const histories = fc
  .record({ comments: fc.array(one, { maxLength: 12 }), open: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), title: fc.option(odd) })
  .map(({ comments, open, title }) => {
    const id = (n: number, part: number) => idAt(1000 + n * 20 + part)
    const records = comments.map((made, n) => {
      const isRemoved = made.status === 'removed'
      const parent = n > made.parent ? n - 1 - made.parent : -1
      const isReply = comments[parent]?.thread === made.thread
      const { revision, history, reports } = made.deeds
      const isOpen = (dismissed: boolean) => !dismissed && made.status === 'approved'
      return comment(100 + n, {
        threadId: idAt(made.thread),
        url: `https://berita.example/${made.thread}`,
        parentId: isReply ? idAt(100 + parent) : null,
        status: made.status as 'approved',
        version: 1 + history.length,
        author: isRemoved ? { name: '', website: null, email: null } : { name: made.name, website: made.website, email: made.email },
        moderatorId: made.isModerator && !isRemoved ? 'account of another server' : null,
        pageTitle: isRemoved ? null : made.pageTitle,
        body: isRemoved ? '' : made.body,
        html: isRemoved ? '' : made.html,
        editedAt: made.isEdited ? time(n) : null,
        verdicts: isRemoved ? [] : made.verdicts,
        reports: isRemoved
          ? []
          : reports.map(({ reason, dismissed }, index) => ({
              id: id(n, index),
              reason,
              dismissed: !isOpen(dismissed),
              createdAt: time(n),
            })),
        revisions:
          revision && !isRemoved
            ? [
                {
                  id: id(n, 5),
                  sanitizer: 1,
                  replacedBody: null,
                  replacedHtml: null,
                  createdAt: time(n),
                  ...revision,
                  state: revision.state,
                },
              ]
            : [],
        history: history.map(({ action, reason, isOfRevision }, index) => ({
          id: id(n, 10 + index),
          at: time(n),
          actor: 'Moderator',
          actorId: 'user:1',
          action,
          from: 'pending',
          to: made.status,
          reason,
          version: 2 + index,
          revisionId: isOfRevision && revision && !isRemoved ? id(n, 5) : null,
          batchId: index === 0 ? id(0, 19) : null,
        })),
      })
    })
    const threads = open.map((isOpen, n) => thread(n, { open: isOpen, title }))
    return fileOf([...threads, ...records], {}, `${idAt(2)}/${comments.length > 0 ? idAt(99 + comments.length) : ''}`)
  })

it.each(['sqlite', 'postgresql'] as const)(
  'any history that came in goes out again byte by byte, and its counts are right (%s)',
  async (kind) => {
    const app = await startApp({ kind })
    const { db } = app.deps
    await fc.assert(
      fc.asyncProperty(histories, async (text) => {
        await db.write(async (tx) => {
          await tx.thread.deleteMany()
          await tx.externalId.deleteMany()
          await tx.site.updateMany({ data: { pendingCount: 0, approvedCount: 0, rejectedCount: 0, spamCount: 0 } })
          await db.changes.announce(tx, { siteId: (await app.deps.sites.byKey('default')).id })
        })
        await reportOf(app, { text })
        expect(await exportOf(app)).toBe(text)
        await expectRecount([app])
        const { comments } = await reportOf(app, { text })
        expect(comments.same).toBe(comments.read)
        expect(await exportOf(app)).toBe(text)
      }),
      { numRuns: 12, seed: 7 },
    )
  },
)
