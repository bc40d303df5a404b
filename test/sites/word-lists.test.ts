import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { migrationsFolder } from '../../src/program-files.ts'
import { startApp } from '../support/app.ts'

describe.each(['sqlite', 'postgresql'] as const)('word lists (%s)', (kind) => {
  const start = async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    const patch = (settings: object) => app.http.patch('/api/v1/sites/default').set(owner).send({ settings })
    const lists = async (settings: object) => {
      const { body } = await patch(settings).expect(200)
      return body.site.settings as { holdWords: unknown; judging: unknown }
    }
    return { app, owner, patch, lists }
  }

  it('keep how an entry is matched when it comes again as plain text, and show a word as plain text', async () => {
    const { lists } = await start()
    const anywhere = { text: 'judi', match: 'anywhere' }
    expect(await lists({ holdWords: [anywhere, 'asu', { text: 'slot', match: 'word' }] })).toMatchObject({
      holdWords: [anywhere, 'asu', 'slot'],
    })
    expect(await lists({ holdWords: ['judi', 'baru'] })).toMatchObject({ holdWords: [anywhere, 'baru'] })
    expect(await lists({ holdWords: [{ text: 'judi', match: 'word' }] })).toMatchObject({ holdWords: ['judi'] })
  })

  it('refuse what is too short to be looked for squeezed, and unknown ways, naming the entry', async () => {
    const { patch } = await start()
    const short = await patch({ rejectWords: ['baik', { text: 'a-s-u', match: 'squeezed' }] })
    expect(short.status).toBe(422)
    expect(short.body.errors).toEqual([{ field: 'settings.rejectWords.1', message: 'needs 6 letters or digits to be matched squeezed' }])
    expect((await patch({ rejectWords: [{ text: 'asu', match: 'regexp' }] })).status).toBe(422)
  })

  it('merge what judging goes by member by member, and stand in the history by their whole names', async () => {
    const { app, owner, lists, patch } = await start()
    expect(await lists({ judging: { disguise: 'spam' } })).toMatchObject({ judging: { disguise: 'spam' } })
    expect(await lists({ judging: {} })).toMatchObject({ judging: { disguise: 'spam' } })
    expect((await patch({ judging: { disguse: 'off' } })).status).toBe(422)
    const { body } = await app.http.get('/api/v1/sites/default/history').set(owner)
    expect(body.changes[0].fields).toEqual([{ field: 'settings.judging.disguise', from: 'hold', to: 'spam' }])
  })

  it('from before entries were whole words are found inside words as ever', async () => {
    const { app } = await start()
    const { db } = app.deps
    await db.write((tx) => tx.site.updateMany({ data: { settings: { mode: 'hold-first', holdWords: ['asu', 'x"y'], rejectWords: [] } } }))
    const script = await readFile(join(migrationsFolder(), kind, '20261201003000_word-matches/migration.sql'), 'utf8')
    for (const statement of script.split(/;\n/).filter((each) => each.trim() !== ''))
      await db.write((tx) => tx.$executeRawUnsafe(statement))
    expect((await db.read.site.findFirstOrThrow()).settings).toEqual({
      mode: 'hold-first',
      holdWords: [
        { text: 'asu', match: 'anywhere' },
        { text: 'x"y', match: 'anywhere' },
      ],
      rejectWords: [],
    })
  })
})
