import { pipeline, type Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { KeptFiles } from '../files/kept-files.ts'

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-emails)?\.ndjson\.gz$/

/** An export that is kept. */
export interface KeptExport {
  /** `20260301T080000Z.ndjson.gz`, with `-emails` when it holds addresses. */
  name: string
  createdAt: string
  emails: boolean
  /** Bytes. */
  size: number
}

export type KeptExports = ReturnType<typeof createKeptExports>

/** The exports that the schedule keeps for owners, among the kept files. */
export function createKeptExports({ files }: { files: KeptFiles }) {
  const nameOf = (siteKey: string, name: string) => ({ area: 'export' as const, site: siteKey, name })

  /** Newest first. */
  const list = async (siteKey: string): Promise<KeptExport[]> =>
    (await files.list({ area: 'export', site: siteKey }))
      .filter(({ name }) => NAME.test(name))
      .toSorted((one, other) => (one.name < other.name ? 1 : -1))
      .map(({ name, bytes }) => ({ ...factsOf(name), size: bytes }))

  return {
    list,

    /** A kept export's bytes, or null when there is none of this name. */
    async read(siteKey: string, name: string): Promise<{ stream: Readable; size: number } | null> {
      const found = NAME.test(name) ? await files.read(nameOf(siteKey, name)) : null
      return found && { stream: found.stream, size: found.bytes }
    },

    /** Keeps an export, once it is whole, and of the older ones only the newest. */
    async keep({ siteKey, history, at, emails, most }: { siteKey: string; history: Readable; at: Date; emails: boolean; most: number }) {
      const name = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z${emails ? '-emails' : ''}.ndjson.gz`
      const content = pipeline(history, createGzip(), () => undefined) // an error comes out of it, to whoever reads it
      await files.write({ ...nameOf(siteKey, name), content })
      for (const old of (await list(siteKey)).slice(most)) await files.remove(nameOf(siteKey, old.name))
      return name
    },
  }
}

function factsOf(name: string): Pick<KeptExport, 'name' | 'createdAt' | 'emails'> {
  const [, year, month, day, hour, minute, second, emails] = NAME.exec(name) ?? []
  return { name, createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`, emails: emails !== undefined }
}
