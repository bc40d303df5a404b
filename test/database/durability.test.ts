import { expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'

const meta = (key: string) => ({ data: { key, value: 'kept' } })

test('a SQLite file is in WAL mode with synchronous=FULL at the second start too', async () => {
  const url = await createDatabase('sqlite')
  for (let start = 1; start <= 2; start++) {
    const db = await connect({ url })
    await db.write((tx) => tx.meta.create(meta(`start ${start}`)))
    const pragmas = await db.write(async (tx) => ({
      journal: await tx.$queryRaw`PRAGMA journal_mode`,
      synchronous: await tx.$queryRaw<{ synchronous: unknown }[]>`PRAGMA synchronous`,
    }))
    expect(pragmas.journal).toEqual([{ journal_mode: 'wal' }])
    expect(Number(pragmas.synchronous[0]?.synchronous)).toBe(2)
    await db.close()
  }
})

test('a connection opened for reading refuses to write', async () => {
  const url = await createDatabase('sqlite')
  const db = await connect({ url, readOnly: true })
  await expect(db.read.meta.create(meta('never'))).rejects.toThrow(/readonly/)
  await expect(db.write((tx) => tx.meta.create(meta('never')))).rejects.toThrow('only reads')
  expect(await db.read.meta.count()).toBe(0)
  await db.close()
})

eachDatabase('the store', (open) => {
  test('keeps an acknowledged write that was made beside a transaction that rolled back', async () => {
    const db = await open()
    const failing = Array.from({ length: 20 }, (_, n) =>
      db.write(async (tx) => {
        await tx.meta.create(meta(`lost ${n}`))
        throw new Error('changed my mind')
      }),
    )
    const plain = Array.from({ length: 20 }, (_, n) => db.queued.meta.create(meta(`kept ${n}`)))
    await Promise.allSettled(failing)
    await Promise.all(plain)
    const keys = (await db.read.meta.findMany()).map(({ key }) => key)
    expect(keys.toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => `kept ${n}`).toSorted())
  })

  test('keeps times as they were given, whatever the zone of machine and server', async () => {
    const db = await open()
    const createdAt = new Date('2026-11-23T23:59:59.999Z')
    await db.write((tx) => tx.batch.create({ data: { id: 'one', actorId: 'somebody', at: createdAt } }))
    expect((await db.read.batch.findUniqueOrThrow({ where: { id: 'one' } })).at).toEqual(createdAt)
    const column = await db.read.$queryRaw<{ at: unknown }[]>`SELECT CAST("at" AS TEXT) AS "at" FROM "Batch"`
    expect(String(column[0]?.at).replace('T', ' ')).toMatch(/^2026-11-23 23:59:59\.999/)
  })

  test('tells of a change after its commit, and never of one that rolled back', async () => {
    const db = await open({ listen: true })
    const heard: unknown[] = []
    db.changes.on((change) => heard.push(change))
    const change = (siteId: string, fail = false) =>
      db.write(async (tx) => {
        await db.changes.announce(tx, { siteId })
        if (fail) throw new Error('rolled back')
      })
    await change('first')
    await expect(change('never', true)).rejects.toThrow('rolled back')
    await change('second')
    expect(heard).toEqual([{ siteId: 'first' }, { siteId: 'second' }])
  })
})

test('a replica on the same PostgreSQL hears what another one changed, once, and not its own news twice', async () => {
  const url = await createDatabase('postgresql')
  const [one, other] = await Promise.all([connect({ url, listen: true }), connect({ url, listen: true })])
  const heardByOne: unknown[] = []
  one.changes.on((change) => heardByOne.push(change))
  const heardByOther = new Promise((resolve) => other.changes.on(resolve))
  await one.write((tx) => one.changes.announce(tx, { siteId: 'one' }))
  expect(await heardByOther).toEqual({ siteId: 'one' })
  const answer = new Promise((resolve) => one.changes.on((change) => 'siteId' in (change as object) && resolve(change)))
  await other.write((tx) => other.changes.announce(tx, { siteId: 'other' }))
  await answer
  expect(heardByOne).toEqual([{ siteId: 'one' }, { siteId: 'other' }])
  await Promise.all([one.close(), other.close()])
})
