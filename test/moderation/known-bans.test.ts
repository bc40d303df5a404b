import { expect, test } from '@jest/globals'
import { bulkInsert } from '../../src/database/bulk-insert.ts'
import { newId } from '../../src/ids.ts'
import { createKnownBans } from '../../src/moderation/known-bans.ts'
import { pinnedClock } from '../support/app.ts'
import { eachDatabase } from '../support/databases.ts'

eachDatabase('the bans that are kept in memory', (open) => {
  test.each([3, 5001])('tell who is banned at present, of %i bans', async (many) => {
    const db = await open()
    const clock = pinnedClock()
    const createdAt = clock()
    const inAnHour = new Date(createdAt.getTime() + 3_600_000)
    const ban = (n: number) => ({
      id: newId(createdAt),
      siteId: 'site',
      what: 'email',
      target: `target ${n}`,
      commentId: 'comment',
      actorId: 'key:1',
      actorName: 'Wati',
      createdAt,
      until: n === 1 ? inAnHour : null,
      liftedAt: n === 2 ? createdAt : null,
    })
    const rows = Array.from({ length: many }, (_, n) => ban(n))
    await db.write((tx) => bulkInsert(tx, { provider: db.provider, table: 'Ban', rows }))
    const bans = createKnownBans({ db, clock })
    const targets = ['target 0', 'target 1', 'target 2', 'nobody']
    expect(await bans.among('site', targets)).toEqual(new Set(['target 0', 'target 1']))
    expect(await bans.among('other', targets)).toEqual(new Set())
    clock.advance(3600)
    expect(await bans.among('site', targets)).toEqual(new Set(['target 0']))
    await db.write(async (tx) => {
      await tx.ban.updateMany({ data: { liftedAt: clock() } })
      await db.changes.announce(tx, { siteId: 'site', inner: 'bans' })
    })
    expect(await bans.among('site', targets)).toEqual(new Set())
  })
})
