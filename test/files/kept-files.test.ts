import { randomBytes } from 'node:crypto'
import { mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { createDatabaseFiles } from '../../src/files/database-files.ts'
import { createDiskFiles } from '../../src/files/disk-files.ts'
import type { KeptFiles } from '../../src/files/kept-files.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { pinnedClock } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'

const DAY = 86_400
const keys = deriveKeys('a secret that only tests know')
const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

const database = async (kind: 'sqlite' | 'postgresql') => {
  const db = await connect({ url: await createDatabase(kind) })
  opened.push(() => db.close())
  return db
}

const MADE = {
  'on disk': async (clock: () => Date) => createDiskFiles({ dataDir: await mkdtemp(join(tmpdir(), 'balas-files-')), clock }),
  'in SQLite': async (clock: () => Date) => createDatabaseFiles({ db: await database('sqlite'), keys, clock }),
  'in PostgreSQL': async (clock: () => Date) => createDatabaseFiles({ db: await database('postgresql'), keys, clock }),
}

const name = (of: string, site = 'default') => ({ area: 'import' as const, site, name: of })
async function* inParts(bytes: Buffer, size = 100_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const text = (content: string) => inParts(Buffer.from(content))
const contentOf = async (files: KeptFiles, of: string) => {
  const found = await files.read(name(of))
  return found && { bytes: found.bytes, content: (await buffer(found.stream)).toString() }
}
const namesIn = async (files: KeptFiles, site?: string) =>
  (await files.list({ area: 'import', ...(site !== undefined && { site }) })).map((file) => `${file.site}/${file.name}`)

/** Writes half of a file, and the rest when it is told to. */
async function begin(files: KeptFiles, of: string) {
  let goOn = () => undefined as void
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  let writing: Promise<unknown> = Promise.resolve()
  await new Promise<void>((isHalfWay) => {
    const content = async function* () {
      yield randomBytes(3_000_000)
      isHalfWay()
      await gate
      yield randomBytes(3_000_000)
    }
    writing = files.write({ ...name(of), content: content() })
    writing.catch(() => undefined) // it is looked at later
  })
  return { goOn, writing }
}

describe.each(Object.keys(MADE) as (keyof typeof MADE)[])('kept files %s', (where) => {
  it('come back as they were, also large ones, under their own name, site and area', async () => {
    const clock = pinnedClock()
    const files = await MADE[where](clock)
    const large = randomBytes(2_500_000)
    expect(await files.write({ ...name('large'), content: inParts(large) })).toEqual({ bytes: large.length })
    expect(await files.write({ ...name('empty'), content: text('') })).toEqual({ bytes: 0 })
    await files.write({ ...name('large', 'other'), content: text('of the other site') })
    await files.write({ area: 'export', site: 'default', name: '20260301T080000Z.ndjson.gz', content: text('an export') })

    const found = await files.read(name('large'))
    expect(found?.bytes).toBe(large.length)
    expect((await buffer(found?.stream ?? text(''))).equals(large)).toBe(true)
    expect(await contentOf(files, 'empty')).toEqual({ bytes: 0, content: '' })
    expect(await files.read(name('unknown'))).toBeNull()
    expect(await files.list({ area: 'import', site: 'default' })).toEqual([
      { ...name('empty'), bytes: 0, createdAt: clock() },
      { ...name('large'), bytes: large.length, createdAt: clock() },
    ])
    expect(await namesIn(files)).toEqual(['default/empty', 'default/large', 'other/large'])
    expect(await files.list({ area: 'rejects' })).toEqual([])
  })

  it('are there whole or not at all', async () => {
    const clock = pinnedClock()
    const files = await MADE[where](clock)
    await files.write({ ...name('kept'), content: text('as it was') })
    const broken = async function* () {
      yield randomBytes(3_000_000)
      throw new Error('the line broke')
    }
    await expect(files.write({ ...name('kept'), content: broken() })).rejects.toThrow('the line broke')
    await expect(files.write({ ...name('new'), content: broken() })).rejects.toThrow('the line broke')
    expect(await namesIn(files)).toEqual(['default/kept'])
    expect(await contentOf(files, 'kept')).toEqual({ bytes: 9, content: 'as it was' })
    await files.write({ ...name('kept'), content: text('anew') })
    expect(await contentOf(files, 'kept')).toEqual({ bytes: 4, content: 'anew' })
    expect(await namesIn(files)).toEqual(['default/kept'])
  })

  it('go when they are removed, and by their age', async () => {
    const clock = pinnedClock()
    const files = await MADE[where](clock)
    await files.write({ ...name('first'), content: inParts(randomBytes(20 * 1024 ** 2), 1_000_000) })
    await files.write({ area: 'rejects', site: 'default', name: 'first', content: text('of another area') })
    clock.advance(DAY)
    await files.write({ ...name('second'), content: text('b') })
    await files.write({ ...name('third'), content: text('c') })
    await files.remove(name('third'))
    await files.remove(name('third'))
    expect(await files.removeOlderThan({ area: 'import', before: clock() })).toBe(1)
    expect(await files.removeOlderThan({ area: 'import', before: clock() })).toBe(0)
    expect(await namesIn(files)).toEqual(['default/second'])
    expect(await files.list({ area: 'rejects' })).toHaveLength(1)
  })

  it('that are being written are not listed, and are swept once they do not grow', async () => {
    const files = await MADE[where](pinnedClock())
    const slow = await begin(files, 'slow')
    const dead = await begin(files, 'dead')
    expect(await namesIn(files)).toEqual([])
    await files.sweep(new Date(0))
    slow.goOn()
    await slow.writing
    await files.sweep(new Date('2100-01-01T00:00:00Z'))
    dead.goOn()
    await expect(dead.writing).rejects.toThrow(/ENOENT|Foreign key|not found/i)
    expect(await namesIn(files)).toEqual(['default/slow'])
    expect((await files.read(name('slow')))?.bytes).toBe(6_000_000)
  })

  it.each(['..', '.', '', 'a/b', 'a\\b', 'a~b', '.hidden', 'a\0b'])('refuse the name %j', async (odd) => {
    const files = await MADE[where](pinnedClock())
    await expect(files.write({ ...name(odd), content: text('x') })).rejects.toThrow('cannot name')
    await expect(files.write({ ...name('x', odd), content: text('x') })).rejects.toThrow('cannot name')
  })
})

it('kept files on disk are readable by their owner alone', async () => {
  const files = await MADE['on disk'](pinnedClock())
  await files.write({ ...name('secret'), content: text('x') })
  expect((await stat(files.pathOf(name('secret')) ?? '')).mode & 0o777).toBe(0o600)
})

describe.each(['sqlite', 'postgresql'] as const)('kept files in a database (%s)', (kind) => {
  it('are packed and sealed, each piece for its own place, and leave nothing behind', async () => {
    const db = await database(kind)
    const files = createDatabaseFiles({ db, keys, clock: pinnedClock() })
    const bytes = Buffer.concat([randomBytes(1_500_000), Buffer.from('budi@example.org '.repeat(100_000))])
    await files.write({ ...name('a'), content: inParts(bytes) })
    const chunks = await db.read.keptChunk.findMany({ orderBy: { n: 'asc' } })
    expect(chunks.map(({ n }) => n)).toEqual([0, 1])
    expect(chunks.every(({ sealed }) => !Buffer.from(sealed).includes('budi@'))).toBe(true)
    expect(chunks.reduce((sum, { sealed }) => sum + sealed.length, 0)).toBeLessThan(1_600_000)

    const [first] = chunks
    await db.write((tx) => tx.keptChunk.updateMany({ where: { n: 1 }, data: { sealed: first?.sealed ?? new Uint8Array() } }))
    const found = await files.read(name('a'))
    await expect(buffer(found?.stream ?? text(''))).rejects.toThrow('does not open')
    await files.remove(name('a'))
    expect([await db.read.keptFile.count(), await db.read.keptChunk.count()]).toEqual([0, 0])
  })
})
