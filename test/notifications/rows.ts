import type { Database } from '../../src/database/connect.ts'
import { newId } from '../../src/ids.ts'
import type { HeldEvent } from '../../src/comments/outbox.ts'
import { heldDeliveries } from '../../src/notifications/outbox.ts'
import { aadOf, seal } from '../../src/privacy/sealed.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'

export const NOON = new Date('2025-12-18T05:00:00.000Z')
export const keys = deriveKeys('a secret for the notification tests')
export const DOMAIN = 'balas.example'

/** A clock that stands until it is moved. */
export function pinnedClock(at = NOON) {
  let now = at
  const clock = () => now
  return Object.assign(clock, {
    forward: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds)
    },
  })
}

/** A site with one article. */
export async function makeSite(db: Database, changes: { key?: string; name?: string; locale?: string } = {}) {
  const site = {
    id: newId(NOON),
    key: 'warta',
    name: 'Warta Kota',
    locale: 'id',
    allowedOrigins: [],
    settings: {},
    pendingCount: 3,
    createdAt: NOON,
    ...changes,
  }
  const url = 'https://warta.example/2025/banjir'
  const thread = { id: newId(NOON), siteId: site.id, url, key: url, title: 'Banjir di Jakarta', createdAt: NOON }
  await db.write(async (tx) => {
    await tx.site.create({ data: site })
    await tx.thread.create({ data: thread })
  })
  return { site, thread }
}

/** Somebody with an account, and a role on the site ("*" for all sites). */
export async function makeMember(db: Database, { siteId, role = 'moderator', email }: { siteId: string; role?: string; email: string }) {
  const id = newId(NOON)
  await db.write(async (tx) => {
    await tx.user.create({ data: { id, name: 'Moderator', email, emailVerified: true, createdAt: NOON, updatedAt: NOON } })
    await tx.membership.create({ data: { id: newId(NOON), userId: id, siteId, role, createdAt: NOON } })
  })
  return id
}

/** A comment that waits. */
export async function makeComment(
  db: Database,
  {
    siteId,
    threadId,
    at = NOON,
    ...changes
  }: { siteId: string; threadId: string; at?: Date; name?: string; body?: string; html?: string; status?: string; website?: string },
) {
  const id = newId(at)
  const comment = {
    id,
    siteId,
    threadId,
    rootId: id,
    depth: 0,
    path: id.replaceAll('-', ''),
    status: 'pending',
    queue: 'pending',
    shown: false,
    version: 4,
    name: 'Siti Rahmawati',
    website: 'https://siti.example/',
    emailSealed: seal({ keys, aad: aadOf('Comment.email', id), value: 'siti.rahmawati@pembaca.example' }),
    ipSealed: seal({ keys, aad: aadOf('Comment.ip', id), value: '114.10.27.33' }),
    body: 'Air setinggi <b>lutut</b>.',
    html: '<p>Air setinggi <b>lutut</b>.</p>',
    sanitizer: 1,
    folded: '',
    verdicts: [{ check: 'site-mode', outcome: 'hold', reason: 'this site holds every comment' }],
    createdAt: at,
    ...changes,
  }
  await db.write((tx) => tx.comment.create({ data: comment }))
  return comment
}

/** A changed text of a comment that waits. */
export async function makeRevision(db: Database, { commentId }: { commentId: string }) {
  const revision = {
    id: newId(NOON),
    commentId,
    state: 'waiting',
    body: 'Air setinggi dada.',
    html: '<p>Air setinggi dada.</p>',
    sanitizer: 1,
    verdicts: [{ check: 'site-mode', outcome: 'hold', reason: 'the comment was edited' }],
    createdAt: NOON,
  }
  await db.write((tx) => tx.revision.create({ data: revision }))
  return revision
}

/** Outbox rows about a comment for these people. */
export async function makeDeliveries(
  db: Database,
  {
    siteId,
    commentId,
    userIds,
    kind = 'comment.held',
    subjectId = commentId,
  }: { siteId: string; commentId: string; userIds: string[]; kind?: HeldEvent['kind']; subjectId?: string },
) {
  const recipients = userIds.map((userId) => ({ userId }))
  const rows = heldDeliveries({ event: { kind, siteId, commentId, subjectId }, recipients, at: NOON, mailDomain: DOMAIN })
  await db.write((tx) => tx.delivery.createMany({ data: rows }))
  return rows
}

/** Outbox rows about nothing in particular, for tests that bring their own `render`. */
export async function makeBareDeliveries(db: Database, count: number) {
  const userIds = Array.from({ length: count }, (_, index) => `user-${index}`)
  return makeDeliveries(db, { siteId: newId(NOON), commentId: newId(NOON), userIds })
}
