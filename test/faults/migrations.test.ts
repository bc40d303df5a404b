import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { migrate } from '../../src/database/migrate.ts'
import { statements } from '../../src/database/migration.ts'
import { migrationsFolder } from '../../src/program-files.ts'
import { bare, count, earlier, emptyDatabase, fill, names } from './states.ts'

describe.each(['sqlite', 'postgresql'] as const)('a filled database of an earlier state (%s)', (kind) => {
  test('keeps every row of every table on its way to this version', async () => {
    const all = await names(kind)
    for (let length = 1; length < all.length; length++) {
      const url = await emptyDatabase(kind)
      await migrate({ url, migrationsDir: await earlier(kind, length) })
      const db = await bare(url)
      await fill(db, kind)
      const before = await count(db, kind)
      await db.close()
      expect(await migrate({ url })).toEqual(all.slice(length))
      const after = await bare(url)
      const { CommentNumber, CommentUnindexed, ...kept } = await count(after, kind)
      expect([all[length - 1], kept]).toEqual([all[length - 1], expect.objectContaining(withoutIndex(before))])
      if (kind === 'sqlite') expect((CommentNumber ?? 0) + (CommentUnindexed ?? 0)).toBe(1) // the comment is found
      await after.close()
    }
  })

  test('left half done by an older version, it goes on after the last statement that ran, or says that it cannot', async () => {
    const all = await names(kind)
    const told: string[] = []
    for (const [place, name] of all.entries()) {
      if (place === 0) continue
      const steps = statements(await readFile(join(migrationsFolder(), kind, name, 'migration.sql'), 'utf8'))
      const middle = Math.ceil(steps.length / 2)
      // A database of PostgreSQL takes a second to make: one place a migration there.
      for (const done of new Set(kind === 'sqlite' ? [0, 1, middle, steps.length - 1, steps.length] : [middle])) {
        const url = await emptyDatabase(kind)
        await migrate({ url, migrationsDir: await earlier(kind, place) })
        const db = await bare(url)
        await fill(db, kind)
        const before = await count(db, kind)
        await db.run(`INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('half', 'c', '${name}')`)
        for (const step of steps.slice(0, done)) await db.run(step)
        await db.close()
        const outcome = await migrate({ url, withCopy: false }).catch((error: Error) => error.message)
        if (typeof outcome === 'string') {
          expect(outcome).toMatch(/An older version was killed .* cannot be told/)
          told.push(`${name} ${done}`)
          continue
        }
        expect(outcome).toEqual(all.slice(place))
        const after = await bare(url)
        expect([name, done, await count(after, kind)]).toEqual([name, done, expect.objectContaining(withoutIndex(before))])
        await after.close()
      }
    }
    expect(told.filter((each) => !/search \d|word-matches|thread-key/.test(each))).toEqual([])
  })

  test('killed at its very first start, it begins anew', async () => {
    const [first = ''] = await names(kind)
    const steps = statements(await readFile(join(migrationsFolder(), kind, first, 'migration.sql'), 'utf8'))
    const url = await emptyDatabase(kind)
    await migrate({ url, migrationsDir: await earlier(kind, 1) })
    const db = await bare(url)
    await db.run(`UPDATE "_prisma_migrations" SET "finished_at" = NULL`)
    const last = /INDEX "(\w+)"/.exec(steps.findLast((step) => step.includes('INDEX "')) ?? '')?.[1]
    await db.run(`DROP INDEX "${last}"`)
    await db.close()
    expect(await migrate({ url })).toEqual(await names(kind))
  })
})

test('before a SQLite file is migrated a copy is kept beside it, for its owner alone; the last two stay', async () => {
  const all = await names('sqlite')
  const url = await emptyDatabase('sqlite')
  const file = url.slice('file:'.length)
  const copies = async () => (await readdir(dirname(file))).filter((name) => name.startsWith(`${basename(file)}.before-update-`))
  await migrate({ url, migrationsDir: await earlier('sqlite', 3) })
  expect(await copies()).toEqual([]) // there was nothing to lose
  for (const length of [5, 8, all.length]) await migrate({ url, migrationsDir: await earlier('sqlite', length) })
  const kept = await copies()
  expect(kept).toHaveLength(2)
  for (const name of kept) expect((await stat(join(dirname(file), name))).mode & 0o777).toBe(0o600)
  const last = await bare(`file:${join(dirname(file), kept.toSorted().at(-1) ?? '')}`)
  expect(await last.rows('SELECT count(*) AS n FROM "_prisma_migrations"')).toEqual([{ n: 8 }])
  await last.close()
})

const withoutIndex = ({ CommentNumber: _, CommentUnindexed: __, ...rest }: Record<string, number>) => rest
