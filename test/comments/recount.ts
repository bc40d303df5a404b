import { expect } from '@jest/globals'
import type { TestApp } from '../support/app.ts'

/** Counts naively what the default site, its threads and its comments keep of one another, and reads every thread as readers do; for up to a hundred a thread. */
export async function expectRecount(apps: TestApp[]): Promise<void> {
  const [app] = apps as [TestApp]
  const { read } = app.deps.db
  const rows = await read.comment.findMany()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const waiting = new Set((await read.revision.findMany({ where: { state: 'waiting' } })).map(({ commentId }) => commentId))
  const statusIs = (status: string) => rows.filter((row) => row.status === status).length
  const site = await read.site.findFirstOrThrow()
  expect({ pending: site.pendingCount, approved: site.approvedCount, rejected: site.rejectedCount, spam: site.spamCount }).toEqual({
    pending: rows.filter(({ queue }) => queue === 'pending').length,
    approved: statusIs('approved'),
    rejected: statusIs('rejected'),
    spam: statusIs('spam'),
  })
  const reports = await read.report.findMany({ where: { dismissed: false } })
  for (const row of rows) {
    const open = row.status === 'approved' ? reports.filter(({ commentId }) => commentId === row.id).length : 0
    expect({ id: row.id, reports: row.reports }).toEqual({ id: row.id, reports: open })
    const below = rows.filter(({ parentId, shown }) => parentId === row.id && shown).length
    expect({ id: row.id, status: row.status, shownReplies: row.shownReplies, shown: row.shown }).toEqual({
      id: row.id,
      status: row.status,
      shownReplies: below,
      shown: row.status === 'approved' || below > 0,
    })
    expect(row.parentId === null || byId.has(row.parentId)).toBe(true)
    expect({ id: row.id, status: row.status, queue: row.queue }).toEqual({
      id: row.id,
      status: row.status,
      queue: row.status === 'pending' || (row.status === 'approved' && waiting.has(row.id)) ? 'pending' : null,
    })
  }
  for (const thread of await read.thread.findMany()) {
    const shown = rows.filter((row) => row.threadId === thread.id && row.shown)
    const approved = shown.filter(({ status }) => status === 'approved').length
    expect({ url: thread.url, approved: thread.approvedCount }).toEqual({ url: thread.url, approved })
    for (const { http } of apps) {
      const { body } = await http.get('/api/v1/sites/default/thread').query({ url: thread.url, limit: 100 })
      expect({ count: body.count, ids: (body.comments as { id: string }[]).map(({ id }) => id) }).toEqual({
        count: approved,
        ids: shown
          .toSorted((a, b) => (a.path < b.path ? -1 : 1))
          .slice(0, 100)
          .map(({ id }) => id),
      })
    }
  }
}
