import type { Readable } from 'node:stream'
import type { Site } from '../../sites/sites.ts'
import { Unavailable } from '../../errors.ts'
import { end, type EventStream, HEARTBEAT, HEARTBEAT_MS, openStream, send } from '../../http/event-stream.ts'
import type { Imports } from './imports.ts'
import { presentImport } from './present.ts'
import type { ImportRow } from './store.ts'

const RETRY_MS = 1000
const ASK_MS = 400
const MOST = 200

export type ImportProgress = ReturnType<typeof createImportProgress>

/** Tells, by server-sent events, how far imports are. It asks the database, so it does not matter which process works on one. */
export function createImportProgress({ imports }: { imports: Imports }) {
  const streams = new Set<EventStream>()
  let isClosed = false

  return {
    /** Tells of an import until it has ended. @throws Unavailable when too many listen */
    open({ site, row }: { site: Site; row: ImportRow }): Readable {
      if (isClosed || streams.size >= MOST) throw Unavailable('No more pages can listen here; please ask now and then.')
      const stream = openStream({ retryMs: RETRY_MS })
      streams.add(stream)
      let told = ''
      let beatAt = performance.now()
      const tell = (current: ImportRow) => {
        const text = JSON.stringify(presentImport(current))
        if (text === told) return
        told = text
        send(stream, `event: progress\ndata: ${text}\n\n`)
        if (current.state === 'done' || current.state === 'failed') end([stream])
      }
      const ask = async () => {
        tell(await imports.find({ site, id: row.id }))
        if (performance.now() - beatAt < HEARTBEAT_MS) return
        beatAt = performance.now()
        send(stream, HEARTBEAT)
      }
      const timer = setInterval(() => void ask().catch(() => end([stream])), ASK_MS).unref()
      stream.readable.once('close', () => {
        clearInterval(timer)
        streams.delete(stream)
      })
      tell(row)
      return stream.readable
    },

    /** Ends all streams and takes no more, so that the server can stop. */
    close() {
      isClosed = true
      end(streams)
    },
  }
}
