import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { Database } from '../database/connect.ts'
import { TooManyRequests, Unavailable } from '../errors.ts'
import { end, type EventStream, HEARTBEAT, HEARTBEAT_MS, openStream, send } from '../http/event-stream.ts'
import type { Site } from '../sites/sites.ts'
import type { Queue } from './queue.ts'

const RETRY_MS = 3000
/** Who loses a role, or signs out, hears no more after this long: the page that comes back has to show its credentials again. */
const LIFE_MS = 5 * 60_000
/** A site that gets many comments tells of them together. */
const PAUSE_MS = 1000
const MOST = 1000
const MOST_OF_PERSON = 20

interface Stream extends EventStream {
  sites: Map<string, Site>
}

export type Live = ReturnType<typeof createLive>

/**
 * Tells moderators' pages, by server-sent events, that something came into their sites' queues or left them: with the new counts,
 * read once a site and second however many listen.
 */
export function createLive({ db, queue, log }: { db: Pick<Database, 'changes'>; queue: Pick<Queue, 'counts'>; log: Logger }) {
  const streams = new Set<Stream>()
  const perPerson = new Map<string, number>()
  /** Sites that were told of less than a second ago, and whether they changed since. */
  const resting = new Map<string, { changed: boolean; timer: NodeJS.Timeout }>()
  let isClosed = false
  let heartbeat: NodeJS.Timeout | undefined

  const tell = async (some: Iterable<Stream>, siteId: string) => {
    const counts = await queue.counts([siteId])
    for (const stream of some) {
      const site = stream.sites.get(siteId)
      if (site) send(stream, `event: counts\ndata: ${JSON.stringify({ site: site.key, ...counts })}\n\n`)
    }
  }

  const changed = (siteId: string) => {
    const rest = resting.get(siteId)
    if (rest) {
      rest.changed = true
      return
    }
    if (![...streams].some((stream) => stream.sites.has(siteId))) return
    const timer = setTimeout(() => {
      const { changed: again } = resting.get(siteId) ?? {}
      resting.delete(siteId)
      if (again) changed(siteId)
    }, PAUSE_MS).unref()
    resting.set(siteId, { changed: false, timer })
    tell(streams, siteId).catch((error: unknown) => log.warn({ err: error, site: siteId }, 'the counts of a site could not be read'))
  }

  const stopListening = db.changes.onInner('queue', (siteId) => {
    if (siteId !== null) return changed(siteId)
    for (const stream of streams) for (const id of stream.sites.keys()) changed(id)
  })

  const admit = (person: string) => {
    const theirs = perPerson.get(person) ?? 0
    if (isClosed || streams.size >= MOST) throw Unavailable('No more pages can listen here; please ask now and then.')
    if (theirs >= MOST_OF_PERSON) throw TooManyRequests('Too many of your pages listen; please ask now and then.')
    perPerson.set(person, theirs + 1)
    heartbeat ??= setInterval(() => streams.forEach((stream) => send(stream, HEARTBEAT)), HEARTBEAT_MS).unref()
  }
  const leave = (person: string) => {
    const left = (perPerson.get(person) ?? 1) - 1
    if (left > 0) perPerson.set(person, left)
    else perPerson.delete(person)
    if (streams.size > 0) return
    clearInterval(heartbeat)
    heartbeat = undefined
  }

  return {
    /**
     * Begins to tell somebody of some sites: their counts at once, then whenever a comment comes in or is decided.
     * @throws Unavailable, TooManyRequests beyond the limits
     */
    async open({ person, watched }: { person: string; watched: Site[] }): Promise<Readable> {
      admit(person)
      const stream: Stream = { ...openStream({ retryMs: RETRY_MS }), sites: new Map(watched.map((site) => [site.id, site])) }
      const life = setTimeout(() => end([stream]), LIFE_MS).unref()
      streams.add(stream)
      stream.readable.once('close', () => {
        clearTimeout(life)
        streams.delete(stream)
        leave(person)
      })
      try {
        for (const siteId of stream.sites.keys()) await tell([stream], siteId)
      } catch (error) {
        stream.readable.destroy()
        throw error
      }
      return stream.readable
    },

    /** How many listen. */
    listeners: () => streams.size,

    /** Ends all streams and takes no more, so that the server can stop. */
    close() {
      isClosed = true
      stopListening()
      clearInterval(heartbeat)
      for (const { timer } of resting.values()) clearTimeout(timer)
      end(streams)
    },
  }
}
