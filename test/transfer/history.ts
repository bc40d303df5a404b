import { pathOfRoot } from '../../src/comments/path.ts'
import { newId } from '../../src/ids.ts'
import type { Database } from '../../src/database/connect.ts'
import { fold } from '../../src/markup/text.ts'
import { aadOf, seal } from '../../src/privacy/sealed.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'

export const SECRET = 'a secret of the export tests'
export const keys = deriveKeys(SECRET)
const START = Date.parse('2026-03-01T08:00:00Z')

/** The time some seconds into a history. */
export const second = (n: number) => new Date(START + n * 1000)

/** A site with some threads in it, each a second younger than the one before; gives their ids. */
export async function addSite(db: Database, { key, threads = 1, settings = {} }: { key: string; threads?: number; settings?: object }) {
  const siteId = newId(second(0))
  const rows = Array.from({ length: threads }, (_, n) => ({
    id: newId(second(n)),
    siteId,
    url: `https://blog.example/${key}/${n}`,
    key: `https://blog.example/${key}/${n}`,
    title: `Artikel ${n}`,
    createdAt: second(n),
  }))
  await db.write(async (tx) => {
    await tx.site.create({
      data: { id: siteId, key, name: `Situs ${key}`, locale: 'id', allowedOrigins: [], settings, createdAt: second(0) },
    })
    await tx.thread.createMany({ data: rows })
  })
  return { siteId, threadIds: rows.map(({ id }) => id) }
}

type Row = Parameters<Parameters<Parameters<Database['write']>[0]>[0]['comment']['createMany']>[0]
type NewComment = Extract<NonNullable<Row>['data'], unknown[]>[number]

/** A comment's row; what is not named is made up. `email` and `ip` are sealed. */
export function commentRow({
  siteId,
  threadId,
  at,
  email,
  ip,
  ...changes
}: { siteId: string; threadId: string; at: Date; email?: string; ip?: string } & Partial<NewComment>): NewComment & { id: string } {
  const id = newId(at)
  const name = changes.name ?? 'Sari'
  const body = changes.body ?? 'Terima kasih.'
  const status = changes.status ?? 'approved'
  return {
    id,
    siteId,
    threadId,
    rootId: id,
    depth: 0,
    path: pathOfRoot(id),
    status,
    name,
    body,
    queue: status === 'pending' ? 'pending' : null,
    shown: status === 'approved',
    html: `<p>${body}</p>`,
    sanitizer: 1,
    folded: fold(`${name}\n${body}`),
    verdicts: [],
    createdAt: at,
    ...(email !== undefined && { emailSealed: seal({ keys, aad: aadOf('Comment.email', id), value: email }) }),
    ...(ip !== undefined && { ipSealed: seal({ keys, aad: aadOf('Comment.ip', id), value: ip }) }),
    ...changes,
  }
}

export const addComments = (db: Database, data: NewComment[]) =>
  db.write(async (tx) => {
    for (let start = 0; start < data.length; start += 500) await tx.comment.createMany({ data: data.slice(start, start + 500) })
  })

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString('utf8')
}
