import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-emails)?\.ndjson\.gz$/
const DRAFT = '.draft'

/** An export that is kept on disk. */
export interface KeptExport {
  /** `20260301T080000Z.ndjson.gz`, with `-emails` when it holds addresses. */
  name: string
  createdAt: string
  emails: boolean
  /** Bytes. */
  size: number
}

export type KeptExports = ReturnType<typeof createKeptExports>

/** The exports that are kept in the data folder: a folder for each site, a file for each export, readable by the server alone. */
export function createKeptExports({ dataDir }: { dataDir: string }) {
  const folderOf = (siteKey: string) => join(dataDir, 'exports', siteKey)

  /** Newest first. */
  const list = async (siteKey: string): Promise<KeptExport[]> => {
    const names = await readdir(folderOf(siteKey)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const kept = names.filter((name) => NAME.test(name)).toSorted((one, other) => (one < other ? 1 : -1))
    return Promise.all(kept.map(async (name) => ({ ...factsOf(name), size: (await stat(join(folderOf(siteKey), name))).size })))
  }

  return {
    list,

    /** A kept export's bytes, or null when there is none of this name. A name is only ever one of the list. */
    async read(siteKey: string, name: string): Promise<{ stream: Readable; size: number } | null> {
      const found = (await list(siteKey)).find((kept) => kept.name === name)
      return found ? { stream: createReadStream(join(folderOf(siteKey), found.name)), size: found.size } : null
    },

    /**
     * Keeps an export, and of the older ones only the newest. It grows under another name, so that whatever is listed is whole and
     * on disk.
     */
    async keep({ siteKey, history, at, emails, most }: { siteKey: string; history: Readable; at: Date; emails: boolean; most: number }) {
      const folder = folderOf(siteKey)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      for (const left of await readdir(folder)) if (left.endsWith(DRAFT)) await rm(join(folder, left)) // of a process that was killed
      const name = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z${emails ? '-emails' : ''}.ndjson.gz`
      const draft = join(folder, name + DRAFT)
      const file = await open(draft, 'wx', 0o600)
      await pipeline(history, createGzip(), file.createWriteStream({ flush: true })).catch(async (error: unknown) => {
        await rm(draft)
        throw error
      })
      await rename(draft, join(folder, name))
      for (const old of (await list(siteKey)).slice(most)) await rm(join(folder, old.name))
      return name
    },
  }
}

function factsOf(name: string): Pick<KeptExport, 'name' | 'createdAt' | 'emails'> {
  const [, year, month, day, hour, minute, second, emails] = NAME.exec(name) ?? []
  return { name, createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`, emails: emails !== undefined }
}
