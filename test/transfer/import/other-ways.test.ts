import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { NOT_IN_CSV } from '../../../src/transfer/csv.ts'
import { startApp } from '../../support/app.ts'
import { textOf } from '../history.ts'
import { exportOf, reportOf } from './bring.ts'

interface Line {
  type: string
  id: string
  url: string
  title: string | null
  open: boolean
  parentId: string | null
  status: string
  author: object
  body: string
  html: string
  createdAt: string
  editedAt: string | null
}

/** A history with a reply, an edit, every status, and text that XML, HTML and spreadsheets would take for theirs. */
async function oddSite() {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  await app.set({ floodSeconds: 0 })
  const say = async (fields: object) => {
    app.clock.advance(1)
    const { body } = await app.reply({ title: 'Kereta <malam> & "pagi"', ...fields }).expect(201)
    return body as { comment: { id: string }; editToken: string }
  }
  const decide = (id: string, decision: string) =>
    app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(owner).send({ decision })
  const root = await say({ name: '=Budi & <b>', website: 'https://budi.example/?a=1&b=2', body: '=1+1 ]]> <strong>tebal</strong> & 😀' })
  await app.http
    .patch(`/api/v1/sites/default/comments/${root.comment.id}`)
    .set('Authorization', `Bearer ${root.editToken}`)
    .send({ body: '=1+1 ]]> <strong>tebal</strong> & 😀, diubah' })
    .expect(200)
  await decide(root.comment.id, 'approve')
  await decide((await say({ parentId: root.comment.id, body: 'baris satu\n\nbaris dua, "kutip"' })).comment.id, 'approve')
  await decide((await say({ body: 'spam' })).comment.id, 'spam')
  await decide((await say({ body: 'kasar' })).comment.id, 'reject')
  await say({ url: 'https://berita.example/lain', body: 'menunggu' })
  return app
}

/** Threads and comments of a site, each comment with its parent's text in place of ids, which a format need not carry. */
async function contentOf(app: Parameters<typeof exportOf>[0]) {
  const lines = (await exportOf(app))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const comments = lines.filter(({ type }) => type === 'comment')
  const bodyOf = new Map(comments.map(({ id, html }) => [id, html]))
  return {
    threads: lines.filter(({ type }) => type === 'thread').map(({ url, title, open }) => ({ url, title, open })),
    comments: comments.map(({ url, parentId, status, author, body, html, createdAt, editedAt }) => {
      const parent = parentId === null ? null : bodyOf.get(parentId)
      return { url, parent, status, author, body, html, createdAt, editedAt }
    }),
  }
}

test.each([
  ['csv', []],
  ['wxr', ['body', 'editedAt']], // of what is compared here; NOT_IN_WXR names all
] as const)(
  'what was brought out as %s and in elsewhere is the same, field by field, but for what the format leaves out',
  async (format, left) => {
    const from = await oddSite()
    const to = await startApp()
    to.clock.advance(60) // what is dated after now would count as now
    const site = await from.deps.sites.byKey('default')
    const text = await textOf((await from.deps.exports.begin(site, { format, emails: true })).stream)
    const report = await reportOf(to, { text, format })
    expect(report.comments).toMatchObject({ read: 5, new: 5, skipped: 0 })

    const [before, after] = [await contentOf(from), await contentOf(to)]
    const compared = ({ threads, comments }: typeof before) => ({
      threads,
      comments: comments.map((comment) => ({ ...comment, ...Object.fromEntries(left.map((field) => [field, null])) })),
    })
    expect(compared(after)).toEqual(compared(before))
    expect((await reportOf(to, { text, format })).comments).toMatchObject({ new: 0, same: 5 })
  },
)

test('the README names all that a CSV leaves out', async () => {
  const readme = await readFile(new URL('../../../src/transfer/README.md', import.meta.url), 'utf8')
  for (const name of NOT_IN_CSV) expect(readme).toContain(`- ${name}`)
})
