import { chmod, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { checkSecret, WrongSecret } from '../../src/privacy/canary.ts'
import { deriveKeys, loadOrCreateSecret, secretFile } from '../../src/privacy/secret.ts'
import { sameString, sign } from '../../src/privacy/tokens.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'

const folder = () => mkdtemp(join(tmpdir(), 'balas-secret-'))

describe('the secret of a data folder', () => {
  it('is made once, for its owner alone, and is the same at every start', async () => {
    const dataDir = join(await folder(), 'new', 'data')
    const secret = await loadOrCreateSecret(dataDir)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect((await stat(secretFile(dataDir))).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    expect(await loadOrCreateSecret(dataDir)).toBe(secret)
    expect((await readFile(secretFile(dataDir), 'utf8')).trim()).toBe(secret)
  })

  it('is one also when many processes start at once', async () => {
    for (let round = 0; round < 20; round++) {
      const dataDir = await folder()
      const secrets = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSecret(dataDir)))
      expect(new Set(secrets).size).toBe(1)
    }
  })

  it('is refused when the file holds none, instead of being replaced', async () => {
    const dataDir = await folder()
    await writeFile(secretFile(dataDir), '\n')
    await expect(loadOrCreateSecret(dataDir)).rejects.toThrow('holds no secret')
    await chmod(secretFile(dataDir), 0o600)
    expect(await readFile(secretFile(dataDir), 'utf8')).toBe('\n')
  })
})

eachDatabase('a database', (open) => {
  it('is sealed with the first secret, and refuses another one', async () => {
    const db = await open()
    const [right, wrong] = [deriveKeys('the first of secrets'), deriveKeys('the second of secrets')]
    await Promise.all([checkSecret({ db, keys: right }), checkSecret({ db, keys: right })])
    await checkSecret({ db, keys: right })
    await expect(checkSecret({ db, keys: wrong })).rejects.toThrow(WrongSecret)
    expect(await db.read.meta.count({ where: { key: 'canary' } })).toBe(1)
  })
})

it('of two replicas that start at once with different secrets, one is refused', async () => {
  const url = await createDatabase('postgresql')
  const databases = await Promise.all([connect({ url }), connect({ url })])
  const started = await Promise.allSettled(
    databases.map((db, index) => checkSecret({ db, keys: deriveKeys(`secret of replica ${index}`) })),
  )
  await Promise.all(databases.map((db) => db.close()))
  expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

describe('a signature', () => {
  const keys = deriveKeys('a secret that only tests know')

  it('is for one purpose, one text and one secret', () => {
    const made = sign({ keys, purpose: 'edit', words: 'x' })
    expect(made).toMatch(/^[\w-]{43}$/)
    expect(sign({ keys, purpose: 'edit', words: 'x' })).toBe(made)
    expect(sign({ keys, purpose: 'mail-link', words: 'x' })).not.toBe(made)
    expect(sign({ keys, purpose: 'edit', words: 'y' })).not.toBe(made)
    expect(sign({ keys: deriveKeys('another secret of the tests'), purpose: 'edit', words: 'x' })).not.toBe(made)
  })

  it('is compared without telling where it differs, also when lengths differ', () => {
    expect(sameString('abc', 'abc')).toBe(true)
    for (const other of ['abd', 'ab', 'abcd', '']) expect(sameString('abc', other)).toBe(false)
  })
})
