import type { Readable } from 'node:stream'
import type { Clock } from '../../../clock.ts'
import { NotFound } from '../../../errors.ts'
import type { FileName, KeptFiles } from '../../../files/kept-files.ts'
import type { ImportFormat } from '../guess.ts'
import type { ImportWorker } from '../worker.ts'

const KEPT_DAYS = 30
const KEPT_MS = KEPT_DAYS * 86_400_000

interface Owned {
  id: string
  siteId: string
}

export type KeptRejects = ReturnType<typeof createKeptRejects>

/** The lists of what imports left out. They hold people's addresses and words, so they go after 30 days. */
export function createKeptRejects({ files, clock, worker }: { files: KeptFiles; clock: Clock; worker: ImportWorker }) {
  const nameOf = ({ id, siteId }: Owned): FileName => ({ area: 'rejects', site: siteId, name: id })
  const remove = (owned: Owned): Promise<void> => files.remove(nameOf(owned))

  return {
    /** Writes the list out of the stage. @throws DiskFull */
    async keep({ id, siteId, ...stage }: Owned & { stageFile: string; source: ImportFormat }): Promise<void> {
      await files.write({ ...nameOf({ id, siteId }), content: worker.rejects({ ...stage, id }) })
    },

    /** @throws NotFound when there is none (any more) */
    async read(owned: Owned): Promise<{ stream: Readable; bytes: number }> {
      const found = await files.read(nameOf(owned))
      if (!found) throw NotFound(`There is no list: the import was cancelled, or ended more than ${KEPT_DAYS} days ago.`)
      return found
    },

    remove,

    forgetOld: (): Promise<number> => files.removeOlderThan({ area: 'rejects', before: new Date(clock().getTime() - KEPT_MS) }),
  }
}
