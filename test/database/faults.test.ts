import { describe, expect, test } from '@jest/globals'
import { isUnavailable, outageOf } from '../../src/database/errors.ts'
import type { Database } from '../../src/database/connect.ts'
import { eachDatabase } from '../support/databases.ts'

const byModel = (db: Database) => db.write((tx) => tx.meta.create({ data: { key: 'a', value: 'x'.repeat(100_000) } }))
const bySql = (db: Database) =>
  db.write((tx) => tx.$executeRawUnsafe(`INSERT INTO "Meta" ("key", "value") VALUES ('b', '${'y'.repeat(100_000)}')`))

/** What both ways of writing fail with. */
async function failures(db: Database): Promise<unknown[]> {
  const results = [...(await Promise.allSettled([byModel(db)])), ...(await Promise.allSettled([bySql(db)]))]
  return results.map((result) => (result.status === 'rejected' ? result.reason : null))
}

eachDatabase('a database that cannot store', (open, kind) => {
  if (kind === 'sqlite') {
    test.each([
      [
        'full',
        async (db: Database) =>
          db.write(async (tx) => {
            const [row] = await tx.$queryRawUnsafe<{ page_count: bigint | number }[]>('PRAGMA page_count')
            await tx.$queryRawUnsafe(`PRAGMA max_page_count=${Number(row?.page_count) + 2}`)
          }),
      ],
      ['read-only', async (db: Database) => db.write((tx) => tx.$queryRawUnsafe('PRAGMA query_only=ON'))],
    ] as const)('says that it is %s, by a model and by SQL', async (outage, make) => {
      const db = await open()
      await make(db)
      expect((await failures(db)).map(outageOf)).toEqual([outage, outage])
      await db.write((tx) => tx.$queryRawUnsafe('PRAGMA query_only=OFF'))
    })
  } else {
    test.each([
      ['53100', 'full'],
      ['25006', 'read-only'],
      ['57014', 'busy'],
      ['55P03', 'busy'],
      ['40P01', 'busy'],
      ['53200', 'busy'],
      ['58030', 'failing'],
      ['XX001', 'damaged'],
      ['22001', null],
    ])('that says %s is %s, by a model and by SQL', async (code, outage) => {
      const db = await open()
      await db.write((tx) =>
        tx.$executeRawUnsafe(
          `CREATE FUNCTION fail() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE='${code}'; END $$ LANGUAGE plpgsql`,
        ),
      )
      await db.write((tx) => tx.$executeRawUnsafe('CREATE TRIGGER fail BEFORE INSERT ON "Meta" FOR EACH ROW EXECUTE FUNCTION fail()'))
      expect((await failures(db)).map(outageOf)).toEqual([outage, outage])
    })
  }
})

describe('an outage', () => {
  test.each<[unknown, string | null]>([
    [Object.assign(new Error('x'), { code: 'SQLITE_IOERR_WRITE' }), 'failing'],
    [Object.assign(new Error('x'), { code: 'SQLITE_CANTOPEN' }), 'failing'],
    [Object.assign(new Error('x'), { code: 'SQLITE_CORRUPT_INDEX' }), 'damaged'],
    [Object.assign(new Error('x'), { name: 'DriverAdapterError', cause: { kind: 'sqlite', originalCode: 'SQLITE_FULL' } }), 'full'],
    [new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNREFUSED' }) }), 'unreachable'],
    [new AggregateError([Object.assign(new Error('::1'), { code: 'ECONNREFUSED' })]), 'unreachable'],
    [new Error('Connection terminated unexpectedly'), 'unreachable'],
    [new Error('timeout exceeded when trying to connect'), 'busy'],
    [new TypeError('x is not a function'), null],
    [null, null],
    ['SQLITE_FULL', null],
  ])('is told by codes, wherever they stand: %#', (error, outage) => {
    expect(outageOf(error)).toBe(outage)
    expect(isUnavailable(error)).toBe(outage !== null)
  })
})
