import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { newId } from '../../../src/ids.ts'
import { startApp } from '../../support/app.ts'
import { wxrFile } from './wxr-files.ts'

it.each(['sqlite', 'postgresql'] as const)(
  'a file that waits where versions before kept it is brought in all the same (%s)',
  async (kind) => {
    const app = await startApp({ kind })
    const { config, db, clock, importQueue, sites } = app.deps
    const { id: siteId } = await sites.byKey('default')
    const id = newId(clock())
    const old = join(config.dataDir, 'imports', id)
    await mkdir(join(config.dataDir, 'imports'), { recursive: true })
    await writeFile(old, wxrFile([{ id: 1, link: 'https://news.example/a/', comments: [{ id: 1 }] }]))
    const row = {
      id,
      siteId,
      format: 'wxr',
      options: {},
      dryRun: false,
      state: 'queued',
      actorId: 'user:1',
      actorName: 'Owner',
      createdAt: clock(),
    }
    await db.write((tx) => tx.import.create({ data: row }))
    await importQueue.drainOnce()
    expect(await db.read.import.findUnique({ where: { id } })).toMatchObject({ state: 'done', report: { comments: { read: 1, new: 1 } } })
    await expect(access(old)).rejects.toThrow('ENOENT')
  },
)
