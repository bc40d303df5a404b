import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../clock.ts'
import { randomToken } from '../privacy/tokens.ts'
import { type Area, AREAS, checked, DiskFull, type FileName, type KeptFile, type KeptFiles, NAME } from './kept-files.ts'

const FOLDERS: Record<Area, string> = { import: 'imports', export: 'exports', rejects: 'rejects' }
/** Stands behind the name of what is being written, and in no name. */
const UNFINISHED = '~'

/** Kept files in the data folder: a folder for each area and site, readable by this program's user alone. */
export function createDiskFiles({ dataDir, clock }: { dataDir: string; clock: Clock }): KeptFiles {
  const areaFolder = (area: Area) => join(dataDir, FOLDERS[area])
  const pathOf = (file: FileName) => {
    const { area, site, name } = checked(file)
    return join(areaFolder(area), site, name)
  }

  const list = async ({ area, site }: { area: Area; site?: string }): Promise<KeptFile[]> => {
    const found: KeptFile[] = []
    for (const each of site === undefined ? await namesIn(areaFolder(area)) : [site]) {
      for (const name of await namesIn(join(areaFolder(area), each))) {
        const facts = NAME.test(name) ? await factsOf(join(areaFolder(area), each, name)) : null
        if (facts?.isFile()) found.push({ area, site: each, name, bytes: facts.size, createdAt: facts.mtime })
      }
    }
    return found
  }

  return {
    pathOf,
    list,

    async write({ content, ...file }) {
      const path = pathOf(file)
      await mkdir(join(areaFolder(file.area), file.site), { recursive: true, mode: 0o700 })
      const unfinished = path + UNFINISHED + randomToken()
      try {
        await pipeline(content, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }))
        const at = clock()
        await utimes(unfinished, at, at)
        const { size } = await stat(unfinished)
        await rename(unfinished, path)
        return { bytes: size }
      } catch (error) {
        await rm(unfinished, { force: true })
        throw isFull(error) ? DiskFull('Make room in DATA_DIR and try again.') : error
      }
    },

    async read(name) {
      const facts = await factsOf(pathOf(name))
      return facts && { stream: createReadStream(pathOf(name)), bytes: facts.size }
    },

    remove: (name) => rm(pathOf(name), { force: true }),

    async removeOlderThan({ area, before }) {
      const old = (await list({ area })).filter(({ createdAt }) => createdAt < before)
      for (const file of old) await rm(pathOf(file), { force: true })
      return old.length
    },

    async sweep(since) {
      for (const folder of AREAS.map(areaFolder)) {
        for (const site of await namesIn(folder)) {
          for (const name of await namesIn(join(folder, site))) {
            const path = join(folder, site, name)
            const facts = name.includes(UNFINISHED) ? await factsOf(path) : null
            if (facts && facts.mtime < since) await rm(path, { force: true })
          }
        }
      }
    },
  }
}

/** Sorted; none where there is no folder. */
const namesIn = async (folder: string): Promise<string[]> => ((await unlessMissing(readdir(folder))) ?? []).toSorted()

const factsOf = (path: string) => unlessMissing(stat(path))

const unlessMissing = <Found>(asking: Promise<Found>): Promise<Found | null> =>
  asking.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })

const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code))
