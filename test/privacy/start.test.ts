import { describe, expect, test } from '@jest/globals'
import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { compose } from '../../src/compose/compose.ts'
import { parseConfig } from '../../src/config.ts'
import { WrongSecret } from '../../src/privacy/canary.ts'
import { CannotUnseal, aadOf, unseal } from '../../src/privacy/sealed.ts'
import { everythingStored } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'

const start = (env: Record<string, string>) =>
  compose({
    config: parseConfig({ LOG_LEVEL: 'silent', ...env }),
    publicUrl: 'http://127.0.0.1:3000',
    log: pino({ level: 'silent' }),
    role: 'command',
  })

describe.each(['sqlite', 'postgresql'] as const)('the secret on %s', (kind) => {
  test('is refused at the start when it is another one, and nothing is written under it', async () => {
    const app = await startApp({ kind })
    await app.reply({ email: 'budi@reader.example' })
    const before = await everythingStored(app)
    const { databaseUrl, dataDir } = app.deps.config
    await expect(start({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: 'another secret altogether' })).rejects.toThrow(WrongSecret)
    await expect(start({ DATABASE_URL: databaseUrl, DATA_DIR: await mkdtemp(join(tmpdir(), 'balas-lost-')) })).rejects.toThrow(WrongSecret) // a new data folder
    expect(await everythingStored(app)).toBe(before)
    await (await start({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: 'a secret that only tests know' })).close()
  })

  test('of two starts at once on a new database and a new folder is the same', async () => {
    const env = { DATABASE_URL: await createDatabase(kind), DATA_DIR: await mkdtemp(join(tmpdir(), 'balas-new-')) }
    const both = await Promise.all([start(env), start(env)])
    expect(both[0].keys.id).toBe(both[1].keys.id)
    expect(await both[0].db.read.site.count()).toBe(1)
    for (const deps of both) await deps.close()
    const file = join(env.DATA_DIR, 'secret')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toMatch(/^[\w-]{43}$/)
  })

  test('opens a sealed address in its own row alone', async () => {
    const app = await startApp({ kind })
    await app.reply({ email: 'budi@reader.example' })
    await app.reply({ email: 'ani@reader.example' })
    const [budi, ani] = await app.deps.db.read.comment.findMany({ orderBy: { id: 'asc' } })
    const open = (row: string, sealed: string | null | undefined, column: 'Comment.email' | 'Comment.ip' = 'Comment.email') =>
      unseal({ keys: app.deps.keys, aad: aadOf(column, row), sealed: sealed ?? '' })
    expect(open(budi?.id ?? '', budi?.emailSealed)).toBe('budi@reader.example')
    expect(() => open(ani?.id ?? '', budi?.emailSealed)).toThrow(CannotUnseal)
    expect(() => open(budi?.id ?? '', budi?.emailSealed, 'Comment.ip')).toThrow(CannotUnseal)
    const everything = await everythingStored(app)
    expect(everything).not.toMatch(/budi@|ani@|reader\.example|127\.0\.0\.1/)
  })
})
