import type { Response } from 'supertest'
import { ARTICLE, type TestApp } from '../support/app.ts'

export type Decision = 'approve' | 'reject' | 'spam' | 'hold'

/** A comment as the moderators' API shows it. */
export interface Moderated {
  id: string
  parentId: string | null
  depth: number
  author: { name: string; website: string | null; avatar: string; email: string | null }
  byModerator: boolean
  html: string
  createdAt: string
  editedAt: string | null
  status: string
  version: number
  site: string
  thread: { url: string; title: string | null }
  ip: string | null
  body: string
  verdicts: { check: string; outcome: string; reason: string }[]
  authorRecord: { approved: number; rejected: number; spam: number; pending: number } | null
  reports: number
  edit: { body: string; html: string; at: string } | null
  history: { at: string; actor: string; action: string; from: string | null; to: string; reason: string | null }[]
  reportedFor: { reason: string | null; at: string }[]
  others: { id: string; status: string; text: string; thread: { url: string; title: string | null }; createdAt: string }[]
  deliveries: {
    kind: string
    to: string | null
    state: string
    attempts: number
    outcome: string | null
    createdAt: string
    sentAt: string | null
  }[]
  context: { parent: Near | null; siblings: Near[] }
}

interface Near {
  id: string
  status: string
  author: string
  text: string
  createdAt: string
}

export interface Shown {
  id: string
  parentId: string | null
  removed?: true
  html?: string
  byModerator?: boolean
  author?: { name: string }
}

type Query = Record<string, string | number | string[]>

/** What a moderator does all day, with an owner's key of all sites unless another is given. */
export async function openDesk(app: TestApp, headers?: Record<string, string>) {
  const { http } = app
  const key = headers ?? (await app.keyFor('owner'))
  const path = (id: string) => `/api/v1/moderation/comments/${id}`
  const list = async (query: Query = {}) => {
    const answer = await http.get('/api/v1/moderation/comments').set(key).query(query)
    if (answer.status !== 200) throw new Error(`the list answered ${answer.status}: ${answer.text}`)
    return answer.body as { comments: Moderated[]; nextCursor: string | null }
  }
  const decide = (id: string, decision: Decision, more: { version?: number; reason?: string } = {}) =>
    http
      .post(`${path(id)}/decisions`)
      .set(key)
      .send({ decision, ...more })

  return {
    key,
    list,
    decide,
    get: async (id: string) => (await http.get(path(id)).set(key)).body.comment as Moderated,
    find: (id: string) => http.get(path(id)).set(key),
    edit: (id: string, body: string, version: number) => http.patch(path(id)).set(key).send({ body, version }),
    remove: (id: string) => http.delete(path(id)).set(key),
    answer: (id: string, body: string) =>
      http
        .post(`${path(id)}/replies`)
        .set(key)
        .send({ body }),
    batch: (ids: string[], decision: Decision, reason?: string) =>
      http.post('/api/v1/moderation/decisions').set(key).send({ ids, decision, reason }),
    decideAll: (filter: object, expected: number, decision: Decision) =>
      http.post('/api/v1/moderation/decisions').set(key).send({ filter, expected, decision }),
    undoOwn: (id: string) => http.post(`${path(id)}/undo`).set(key),
    undoRecent: (minutes: number) => http.post('/api/v1/moderation/undo').set(key).send({ minutes }),
    ban: (comment: string, what: 'email' | 'network', more: object = {}, site = 'default') =>
      http
        .post(`/api/v1/sites/${site}/bans`)
        .set(key)
        .send({ comment, what, ...more }),
    undo: (batch: string) => http.post(`/api/v1/moderation/batches/${batch}/undo`).set(key),
    counts: async (site?: string) =>
      (await http.get('/api/v1/moderation/counts').set(key).query({ site })).body as Record<
        'pending' | 'approved' | 'rejected' | 'spam' | 'reported',
        number
      >,
    /** The ids of every page of a list, one page after another. */
    walk: async (query: Query, between: (page: number) => Promise<unknown> = async () => undefined) => {
      const seen: string[] = []
      let cursor: string | null = ''
      for (let page = 1; cursor !== null; page++) {
        const { comments, nextCursor } = await list({ ...query, cursor })
        seen.push(...comments.map(({ id }) => id))
        cursor = nextCursor
        await between(page)
      }
      return seen
    },
    /** A comment that waits. */
    held: async (fields: Record<string, unknown> = {}, site?: string) => idOf(await app.reply(fields, site)),
    /** A public comment, and what lets its author change it. */
    published: async (fields: Record<string, unknown> = {}, site?: string) => {
      const sent = await app.reply(fields, site)
      const id = idOf(sent)
      await decide(id, 'approve')
      return { id, editToken: sent.body.editToken as string }
    },
    /** The author's own change. */
    amend: ({ id, editToken }: { id: string; editToken: string }, body: string) =>
      http.patch(`/api/v1/sites/default/comments/${id}`).set('Authorization', `Bearer ${editToken}`).send({ body }),
    thread: async (url = ARTICLE, site = 'default') =>
      (await http.get(`/api/v1/sites/${site}/thread`).query({ url, limit: 100 })).body as {
        title: string | null
        count: number
        open: boolean
        version: number
        comments: Shown[]
      },
  }
}
export type Desk = Awaited<ReturnType<typeof openDesk>>

function idOf(sent: Response): string {
  if (sent.status !== 201) throw new Error(`the reply was answered ${sent.status}: ${sent.text}`)
  return (sent.body as { comment: { id: string } }).comment.id
}

/** An id that no row has. */
export const UNKNOWN = '01a20ae5-0000-7000-8000-000000000000'
