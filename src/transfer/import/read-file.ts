import { type Addresses, type AddressRules, createAddresses, type Redirects } from '../../sites/article-url.ts'
import { toEntry } from './entry.ts'
import { orNull } from './files/found.ts'
import { createHosts, type Host } from './hosts.ts'
import { createMove } from './move.ts'
import { createNotes, type Noted, type Notes } from './notes.ts'
import { hostOf, originOf } from './origin.ts'
import { createPile } from './rejects/pile.ts'
import type { Found, FoundComment, FoundExternal, FoundRedirect, FoundThread, Notice, Skipped, Source, SourceOptions } from './source.ts'
import { createFileCount } from './file-count.ts'
import type { Stage } from './stage.ts'

/** Records put into the stage by one transaction, and told of at once. */
const AT_ONCE = 1000

/** How a site reads addresses, as plain data. */
export interface SiteAddresses {
  rules: AddressRules
  allowedOrigins: string[]
  ownOrigins: string[]
  redirects: Redirects
}

export interface ReadOptions extends SourceOptions {
  /** It is what an earlier import left out (rejects/), of a file of the format. */
  rejects?: boolean | undefined
  /** Addresses that begin so are taken as if they began with `base` (move.ts). */
  from?: string | undefined
}

/** What came of reading, kept in the stage. */
export interface ReadFacts {
  /** Records that are comments, or would be. */
  comments: number
  threads: number
  skipped: Noted[]
  losses: Noted[]
  /** Comments that come in otherwise than they stood there. */
  hidden: Noted[]
  /** About the file as a whole. */
  notes: Noted[]
  hosts: Host[]
  /** Articles whose address was moved; null where none was to be. */
  moved: number | null
}

interface Reading {
  stage: Stage
  source: Source
  file: string
  options: ReadOptions
  site: SiteAddresses
  anonymous: string
  now: Date
}

/**
 * Lays a file out in the stage; gives now and then how many records it has read. Whatever was read of it before a crash is
 * forgotten.
 * @throws UnreadableFile, and then nothing of the file is of use
 */
export async function* readFile({ stage, source, file, options, site, anonymous, now }: Reading): AsyncGenerator<number, void> {
  stage.clear()
  stage.db.exec('BEGIN')
  const put = createPut({ stage, addresses: createAddresses(site), options, anonymous, now })
  let read = 0
  try {
    for await (const found of source.read({ file, options })) {
      put(found)
      if (++read % AT_ONCE !== 0) continue
      stage.db.exec('COMMIT; BEGIN')
      yield read
    }
    stage.set('read', put.end())
  } finally {
    stage.db.exec('COMMIT')
  }
  yield read
}

type Putting = Pick<Reading, 'stage' | 'options' | 'anonymous' | 'now'> & { addresses: Addresses }

/** Puts records into the stage; a call for each. */
function createPut({ stage, addresses, options, anonymous, now }: Putting) {
  const { db } = stage
  const notes = { skipped: createNotes(), losses: createNotes(), hidden: createNotes() } satisfies Record<string, Notes>
  const notices = new Set<string>()
  const pile = createPile(stage)
  const fileCount = createFileCount(stage)
  const hosts = createHosts()
  const move = createMove(options)
  let moved = 0
  const insertThread = db.prepare(
    `INSERT INTO thread (name, key, url, title, open, at, id, place, refused, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET title = coalesce(thread.title, excluded.title), open = coalesce(thread.open, excluded.open), at = coalesce(thread.at, excluded.at)`,
  )
  const insertComment = db.prepare(
    'INSERT INTO comment (name, thread, origin, parent, at, place, status, removed, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertExternal = db.prepare('INSERT INTO external (record, comment) VALUES (?, ?)')
  const insertRedirect = db.prepare('INSERT INTO redirect (record) VALUES (?)')
  let comments = 0
  let threads = 0

  const leave = (left: Omit<Skipped, 'type'>) => {
    notes.skipped.add(left.reason, { id: left.externalId, at: left.at })
    pile.add(left)
  }

  const puts = {
    thread(found: FoundThread) {
      threads++
      const went = move(found.url)
      if (went !== null) moved++
      const place = articleAt(went ?? found.url, addresses)
      const isRefused = typeof place === 'string'
      hosts.add(found.url, { isForeign: isRefused })
      const title = found.title?.replaceAll('\0', '').toWellFormed() ?? null
      insertThread.run(
        found.externalId,
        isRefused ? null : place.key,
        isRefused ? found.url.toWellFormed().slice(0, 2000) : found.isOwn ? found.url : place.url,
        found.isOwn ? title : title ? [...title].slice(0, 300).join('') : null,
        found.open === undefined ? null : Number(found.open),
        found.createdAt && found.createdAt.getTime() >= 0 && (found.isOwn || found.createdAt <= now) ? found.createdAt.getTime() : null,
        found.isOwn ? found.externalId : null,
        JSON.stringify(found.at),
        isRefused ? place : null,
        hostOf(went ?? found.url),
      )
    },

    comment(found: FoundComment) {
      comments++
      const about = { id: found.externalId, at: found.at }
      const made = found.externalId === '' ? 'no-id' : toEntry({ found, anonymous, now })
      if (typeof made === 'string') return leave({ reason: made, at: found.at, externalId: orNull(found.externalId), comment: found })
      fileCount.count(found)
      insertComment.run(
        found.externalId,
        found.threadExternalId,
        found.own ? '' : found.origin === undefined ? null : originOf(move(found.origin) ?? found.origin),
        found.parentExternalId || null,
        made.at?.getTime() ?? null,
        JSON.stringify(found.at),
        made.entry.status,
        Number(made.entry.status === 'removed' && !found.own),
        JSON.stringify(made.entry),
      )
      for (const loss of made.losses) notes.losses.add(loss, about)
      if (found.verdict) notes.hidden.add(found.verdict.code ?? found.verdict.reason, about)
    },

    skipped(found: Skipped) {
      comments++
      leave(found)
    },

    notice: ({ reason }: Notice) => void notices.add(reason),
    external: ({ external }: FoundExternal) => void insertExternal.run(JSON.stringify(external), external.commentId),
    redirect: ({ redirect }: FoundRedirect) => void insertRedirect.run(JSON.stringify(redirect)),
  }

  const put = (found: Found): void => (puts[found.type] as (found: Found) => void)(found)
  return Object.assign(put, {
    /** What there is to say when all is read. */
    end: (): ReadFacts => {
      fileCount.end()
      const { skipped, losses, hidden } = notes
      return {
        comments,
        threads,
        skipped: skipped.list(),
        losses: losses.list(),
        hidden: hidden.list(),
        notes: [...notices].map((reason) => ({ reason, count: 0, examples: [] })),
        hosts: hosts.list(),
        moved: options.from === undefined ? null : moved,
      }
    },
  })
}

/** The article of a thread by the site's rules; why it has none here. */
function articleAt(address: string, addresses: Addresses) {
  const article = addresses.articleAt(address)
  if (!article) return 'not-web'
  if (!article.isOwn) return 'foreign-host'
  return article
}
