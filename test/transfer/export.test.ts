import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { CannotUnseal, aadOf, seal } from '../../src/privacy/sealed.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, second } from './history.ts'
import { readCsv } from './read-csv.ts'
import { exported, idsOf, linesOf, seed } from './seed.ts'

eachDatabase('an export', (open) => {
  test('as NDJSON has header, threads, comments with all that was done about them, and a trailer that proves it is whole', async () => {
    const db = await open()
    const { siteId, one, two, approved, reply, spam, removed, revision, report, decision, edit, batch } = await seed(db)
    const text = await exported(db, { siteId })
    const lines = linesOf(text)

    expect(lines[0]).toEqual({
      type: 'header',
      format: 'balas',
      version: 2,
      emails: false,
      filter: { status: null, since: null, until: null, url: null },
      snapshot: `${two}/${removed.id}`,
    })
    expect(lines.slice(1, 3)).toEqual([
      {
        type: 'thread',
        id: one,
        url: 'https://blog.example/blog/0',
        title: 'Artikel 0',
        open: true,
        createdAt: '2026-03-01T08:00:00.000Z',
      },
      {
        type: 'thread',
        id: two,
        url: 'https://blog.example/blog/1',
        title: 'Artikel 1',
        open: true,
        createdAt: '2026-03-01T08:00:01.000Z',
      },
    ])
    expect(idsOf(lines, 'comment')).toEqual([approved.id, reply.id, spam.id, removed.id])
    expect(lines[3]).toEqual({
      type: 'comment',
      id: approved.id,
      threadId: one,
      url: 'https://blog.example/blog/0',
      parentId: null,
      status: 'approved',
      version: 1,
      author: { name: 'Budi "B" 😀', website: 'https://budi.example/' },
      moderatorId: null,
      pageTitle: null,
      body: '=1+1\nשלום',
      html: '<p>=1+1\nשלום</p>',
      sanitizer: 1,
      createdAt: '2026-03-01T08:00:10.000Z',
      editedAt: '2026-03-01T08:00:50.000Z',
      reports: [{ id: report.id, reason: 'kasar', dismissed: true, createdAt: '2026-03-01T08:01:20.000Z' }],
      verdicts: [{ check: 'links', facts: { limit: 1, links: 2 }, outcome: 'hold', reason: 'two links' }],
      revisions: [
        {
          id: revision.id,
          state: 'waiting',
          body: 'baru',
          html: '<p>baru</p>',
          sanitizer: 1,
          replacedBody: null,
          replacedHtml: null,
          verdicts: [],
          createdAt: '2026-03-01T08:01:10.000Z',
        },
      ],
      history: [
        {
          id: decision.id,
          at: '2026-03-01T08:01:00.000Z',
          actor: 'Moderator',
          actorId: 'user:1',
          action: 'approve',
          from: 'pending',
          to: 'approved',
          reason: null,
          version: 2,
          revisionId: null,
          batchId: batch,
          via: 'mail',
        },
        {
          id: edit.id,
          at: '2026-03-01T08:01:01.000Z',
          actor: 'Bot',
          actorId: 'key:2',
          action: 'edit',
          from: 'approved',
          to: 'approved',
          reason: 'typo',
          version: 3,
          revisionId: revision.id,
          batchId: null,
        },
      ],
    })
    expect(lines[4]).toMatchObject({ parentId: approved.id, status: 'pending', history: [], revisions: [] })
    expect(lines[6]).toMatchObject({ status: 'removed', author: { name: '' }, body: '' })
    const beforeTrailer = text.slice(0, text.lastIndexOf('{"type":"trailer"'))
    expect(lines.at(-1)).toEqual({ type: 'trailer', count: 4, sha256: createHash('sha256').update(beforeTrailer).digest('hex') })
  })

  test('as JSON is one document with the same records', async () => {
    const db = await open()
    const { siteId } = await seed(db)
    const lines = linesOf(await exported(db, { siteId }))
    const records = (type: string) => lines.filter((line) => line.type === type).map((line) => ({ ...line, type: undefined }))
    expect(JSON.parse(await exported(db, { siteId, format: 'json' }))).toEqual({
      ...records('header')[0],
      threads: records('thread'),
      comments: records('comment'),
      count: 4,
    })
  })

  test('as CSV has a row for each comment', async () => {
    const db = await open()
    const { siteId, approved } = await seed(db)
    const [names, first, ...rest] = readCsv(await exported(db, { siteId, format: 'csv' }))
    expect(names).toEqual(['id', 'url', 'title', 'parentId', 'status', 'authorName', 'authorWebsite', 'body', 'createdAt', 'editedAt'])
    expect(first).toEqual([
      approved.id,
      'https://blog.example/blog/0',
      'Artikel 0',
      '',
      'approved',
      'Budi "B" 😀',
      'https://budi.example/',
      "'=1+1\nשלום",
      '2026-03-01T08:00:10.000Z',
      '2026-03-01T08:00:50.000Z',
    ])
    expect(rest).toHaveLength(3)
  })

  test.each(['ndjson', 'json', 'csv'] as const)(
    'as %s holds addresses only when asked for, and never anything of a network or a browser',
    async (format) => {
      const db = await open()
      const { siteId, approved } = await seed(db)
      const stolen = await exported(db, { siteId, format })
      expect(stolen).not.toMatch(/@example\.org/)
      expect(stolen).not.toContain(String(approved.emailSealed))
      const full = await exported(db, { siteId, format, emails: true })
      expect(full).toContain('budi@example.org')
      expect(full).toContain('ani@example.org')
      for (const text of [stolen, full]) expect(text).not.toMatch(/BROWSERINDEX|NETWORKINDEX|203.0.113.7/)
    },
  )

  test('with addresses says so, and has null for a comment without one', async () => {
    const db = await open()
    const { siteId } = await seed(db)
    const lines = linesOf(await exported(db, { siteId, emails: true }))
    expect(lines[0]).toMatchObject({ emails: true })
    expect(lines.filter(({ type }) => type === 'comment').map(({ author }) => (author as { email: unknown }).email)).toEqual([
      'budi@example.org',
      'ani@example.org',
      null,
      null,
    ])
  })

  test('with addresses fails when one was sealed with another secret, rather than leave it out', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog' })
    const row = commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(1) })
    await addComments(db, [
      { ...row, emailSealed: seal({ keys: deriveKeys('another secret'), aad: aadOf('Comment.email', row.id), value: 'x@example.org' }) },
    ])
    await expect(exported(db, { siteId, emails: true })).rejects.toThrow(CannotUnseal)
  })
})
