import { setImmediate } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { Database } from '../database/connect.ts'
import { TooManyRequests, Unavailable } from '../errors.ts'
import { end, type EventStream, HEARTBEAT, HEARTBEAT_MS, openStream, send } from '../http/event-stream.ts'
import { findThreads } from './thread-store.ts'

const RETRY_MS = 5000
const AGAIN_SECONDS = '60'
/** Threads to a statement, and streams written to, before others get their turn. */
const AT_ONCE = 250

/** A thread that somebody listens to. The version is unknown until it is read for the first time. */
interface Watch {
  siteId: string
  key: string
  version: number | undefined
  streams: Set<Stream>
}

interface Stream extends EventStream {
  /** The last version that it was told. */
  told: number
}

export type Events = ReturnType<typeof createEvents>

/**
 * Tells readers' pages, by server-sent events, that a thread has a new version; the page then fetches the thread, which is kept
 * ready. The version is read once a change and thread, however many listen, and a change during a read makes another one.
 */
export function createEvents({
  db,
  log,
  most = 5000,
  mostOfNetwork = 100,
}: {
  db: Pick<Database, 'read' | 'changes'>
  log: Logger
  /** Streams at once, in this process and from one network. Beyond them clients ask now and then instead. */
  most?: number
  mostOfNetwork?: number
}) {
  const watches = new Map<string, Watch>()
  const perNetwork = new Map<string, number>()
  const unread = new Set<Watch>()
  let streams = 0
  let isClosed = false
  let reading: Promise<void> = Promise.resolve()
  let nextReading: Promise<void> | undefined
  let heartbeat: NodeJS.Timeout | undefined

  /** Reads the versions of these threads and tells who listens; what is asked for while a read is under way shares the next one. */
  const refresh = (some: Iterable<Watch>): Promise<void> => {
    for (const watch of some) unread.add(watch)
    nextReading ??= reading.then(() => {
      nextReading = undefined
      const wanted = Array.from(unread)
      unread.clear()
      return readVersions(wanted)
    })
    reading = nextReading.catch(() => undefined)
    return nextReading
  }
  /** The same for nobody who waits: a failed read is made up for with the next heartbeat. */
  const refreshSoon = (some: Iterable<Watch>) =>
    void refresh(some).catch((error: unknown) => log.warn({ err: error }, 'the versions of watched threads could not be read'))

  const readVersions = async (wanted: Watch[]) => {
    for (const siteId of new Set(wanted.map((watch) => watch.siteId))) {
      const ofSite = wanted.filter((watch) => watch.siteId === siteId)
      for (let start = 0; start < ofSite.length; start += AT_ONCE) {
        const some = ofSite.slice(start, start + AT_ONCE)
        const rows = await findThreads(db.read, { siteId, keys: some.map(({ key }) => key) })
        for (const watch of some) {
          watch.version = Math.max(watch.version ?? 0, rows.get(watch.key)?.version ?? 0)
          await forEach(watch.streams, (stream) => tell(stream, watch))
        }
      }
    }
  }

  const beat = () => {
    void forEach(everyStream(watches), (stream) => send(stream, HEARTBEAT))
    refreshSoon(watches.values()) // the net below announcements that got lost, and changes made by a command on SQLite
  }

  const stopListening = db.changes.on((change) => {
    if (change === 'missed') return refreshSoon(watches.values())
    // With its settings a site may tell articles apart otherwise, or not allow a page any more: its pages come again and ask.
    if (!('key' in change)) return end(everyStream(watches, change.siteId))
    const watch = watches.get(nameOf(change.siteId, change.key))
    if (watch) refreshSoon([watch])
  })

  const admit = (network: string) => {
    const ofNetwork = perNetwork.get(network) ?? 0
    const later = { headers: { 'Retry-After': AGAIN_SECONDS } }
    if (isClosed || streams >= most) throw Unavailable('No more pages can listen here; please ask now and then.', later)
    if (ofNetwork >= mostOfNetwork) throw TooManyRequests('Too many pages listen from your network; please ask now and then.', later)
    perNetwork.set(network, ofNetwork + 1)
    streams++
    heartbeat ??= setInterval(beat, HEARTBEAT_MS).unref()
  }
  const leave = (network: string) => {
    const left = (perNetwork.get(network) ?? 1) - 1
    if (left > 0) perNetwork.set(network, left)
    else perNetwork.delete(network)
    streams--
    if (streams > 0) return
    clearInterval(heartbeat)
    heartbeat = undefined
  }

  const watchOf = (siteId: string, key: string): Watch => {
    const name = nameOf(siteId, key)
    const watch = watches.get(name) ?? { siteId, key, version: undefined, streams: new Set() }
    watches.set(name, watch)
    return watch
  }

  return {
    /**
     * Begins to tell of a thread: its version at once (0 for one that nobody commented on), then every later one. The stream is
     * forgotten as soon as it is destroyed, and destroyed when its reader does not read.
     * @throws Unavailable, TooManyRequests beyond the limits; or whatever kept the version from being read
     */
    async open({ siteId, key, network }: { siteId: string; key: string; network: string }): Promise<Readable> {
      admit(network)
      const watch = watchOf(siteId, key)
      const stream: Stream = { ...openStream({ retryMs: RETRY_MS }), told: -1 }
      watch.streams.add(stream)
      stream.readable.once('close', () => {
        leave(network)
        watch.streams.delete(stream)
        if (watch.streams.size === 0) watches.delete(nameOf(siteId, key))
      })
      try {
        if (watch.version === undefined) await refresh([watch])
        else tell(stream, watch)
      } catch (error) {
        stream.readable.destroy()
        throw error
      }
      return stream.readable
    },

    /** How many listen. */
    count: () => streams,

    /** Ends all streams and takes no more, so that the server can stop; their pages come back to another one. */
    close() {
      isClosed = true
      stopListening()
      clearInterval(heartbeat)
      end(everyStream(watches))
    },
  }
}

const nameOf = (siteId: string, key: string) => `${siteId}\n${key}`

/** Tells a stream its thread's version, unless it knows. */
function tell(stream: Stream, { version }: Watch) {
  if (version === undefined || version <= stream.told) return
  stream.told = version
  send(stream, `event: change\nid: ${version}\ndata: {"version":${version}}\n\n`)
}

function* everyStream(watches: Map<string, Watch>, siteId?: string) {
  for (const watch of watches.values()) if (siteId === undefined || watch.siteId === siteId) yield* watch.streams
}

/** Does something for each stream, and lets others have their turn in between: thousands of writes take a while. */
async function forEach(streams: Iterable<Stream>, work: (stream: Stream) => void) {
  let done = 0
  for (const stream of streams) {
    work(stream)
    if (++done % AT_ONCE === 0) await setImmediate()
  }
}
