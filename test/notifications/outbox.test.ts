import { expect, it } from '@jest/globals'
import { isUniqueViolation } from '../../src/database/errors.ts'
import { listenersOf } from '../../src/notifications/members/preference-store.ts'
import { heldDeliveries, subjectOf } from '../../src/notifications/outbox.ts'
import { eachDatabase } from '../support/databases.ts'
import { DOMAIN, makeMember, makeSite, NOON } from './rows.ts'

const event = { kind: 'comment.held', siteId: 'site', commentId: 'comment', subjectId: 'comment' } as const

eachDatabase('the outbox', (open) => {
  it('holds a row for each person, with a Message-ID of its own and no address', async () => {
    const rows = heldDeliveries({ event, recipients: [{ userId: 'a' }, { userId: 'b' }, { userId: 'a' }], at: NOON, mailDomain: DOMAIN })
    const db = await open()
    await db.write((tx) => tx.delivery.createMany({ data: rows }))

    const stored = await db.read.delivery.findMany({ orderBy: { id: 'asc' } })
    expect(stored).toMatchObject([
      { userId: 'a', dedupe: 'comment.held:comment:a', state: 'queued', attempts: 0, nextAt: NOON, createdAt: NOON, outcome: null },
      { userId: 'b', dedupe: 'comment.held:comment:b' },
    ])
    expect(stored.map(({ messageId }) => messageId)).toEqual(stored.map(({ id }) => `<${id}@balas.example>`))
    expect(stored.map(subjectOf)).toEqual(['comment', 'comment'])
  })

  it('takes no second row about the same thing for the same person', async () => {
    const db = await open()
    const again = () => {
      const rows = heldDeliveries({ event, recipients: [{ userId: 'a' }], at: NOON, mailDomain: DOMAIN })
      return db.write((tx) => tx.delivery.createMany({ data: rows }))
    }
    await again()
    const error: unknown = await again().catch((reason: unknown) => reason)
    expect(isUniqueViolation(error, 'dedupe')).toBe(true)
  })

  it('tells owners and moderators of the site and of all sites, each once, and nobody else', async () => {
    const db = await open()
    const { site } = await makeSite(db)
    const other = await makeSite(db, { key: 'other' })
    const owner = await makeMember(db, { siteId: '*', role: 'owner', email: 'owner@example.org' })
    const moderator = await makeMember(db, { siteId: site.id, email: 'moderator@example.org' })
    await makeMember(db, { siteId: other.site.id, email: 'elsewhere@example.org' })
    await makeMember(db, { siteId: site.id, role: 'reader', email: 'reader@example.org' })
    await db.write((tx) =>
      tx.membership.create({ data: { id: 'both', userId: owner, siteId: site.id, role: 'moderator', createdAt: NOON } }),
    )

    const listeners = await listenersOf(db.read, site.id)

    expect(listeners.map(({ userId }) => userId).toSorted()).toEqual([owner, moderator].toSorted())
  })
})
