import { type Addresses, type AddressRules, createAddresses, type Redirects } from '../../sites/article-url.ts'
import { toEntry } from './entry.ts'
import { createNotes, type Noted, type Notes } from './notes.ts'
import type { FoundComment, FoundThread, Skipped, Source, SourceOptions } from './source.ts'
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
  /** Addresses that begin so are taken as if they began with `base`. */
  from?: string | undefined
}

/** What came of reading, kept in the stage. */
export interface ReadFacts {
  /** Records that are comments, or would be. */
  comments: number
  threads: number
  skipped: Noted[]
  losses: Noted[]
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
  stage.db.exec('DELETE FROM thread; DELETE FROM comment; DELETE FROM article; DELETE FROM plan; DELETE FROM fact; BEGIN')
  const put = createPut({ stage, addresses: createAddresses(site), options, anonymous, now })
  let read = 0
  try {
    for await (const found of source.read({ file, options })) {
      if (found.type === 'thread') put.thread(found)
      else if (found.type === 'comment') put.comment(found)
      else put.skip(found)
      if (++read % AT_ONCE !== 0) continue
      stage.db.exec('COMMIT; BEGIN')
      yield read
    }
    stage.set('read', put.facts())
  } finally {
    stage.db.exec('COMMIT')
  }
  yield read
}

function createPut({
  stage: { db },
  addresses,
  options,
  anonymous,
  now,
}: Pick<Reading, 'stage' | 'options' | 'anonymous' | 'now'> & { addresses: Addresses }) {
  const skipped: Notes = createNotes()
  const losses: Notes = createNotes()
  const insertThread = db.prepare(
    `INSERT INTO thread (name, key, url, title, open, at, id, place, refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET title = coalesce(thread.title, excluded.title), open = coalesce(thread.open, excluded.open), at = coalesce(thread.at, excluded.at)`,
  )
  const insertComment = db.prepare(
    'INSERT OR IGNORE INTO comment (name, thread, parent, at, place, removed, entry) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  let comments = 0
  let threads = 0

  return {
    thread(found: FoundThread) {
      threads++
      const place = articleOf(found, addresses, options)
      const isRefused = typeof place === 'string'
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
      )
    },

    comment(found: FoundComment) {
      comments++
      const about = { id: found.externalId, at: found.at }
      if (found.externalId === '') return skipped.add('it has no id by which it could be known again', about)
      const made = toEntry({ found, anonymous, now })
      if (typeof made === 'string') return skipped.add(made, about)
      const { changes } = insertComment.run(
        found.externalId,
        found.threadExternalId,
        found.parentExternalId || null,
        made.at?.getTime() ?? null,
        JSON.stringify(found.at),
        Number(made.entry.status === 'removed' && !found.own),
        JSON.stringify(made.entry),
      )
      if (changes === 0) return skipped.add('its id stands in the file twice', about)
      for (const loss of made.losses) losses.add(loss, about)
    },

    skip(found: Skipped) {
      comments++
      skipped.add(found.reason, { id: found.externalId, at: found.at })
    },

    facts: (): ReadFacts => ({ comments, threads, skipped: skipped.list(), losses: losses.list() }),
  }
}

/** The article of a thread by the site's rules; a text that says why it has none here. */
function articleOf({ url }: FoundThread, addresses: Addresses, { from, base }: ReadOptions) {
  const moved = from !== undefined && base !== undefined && url.startsWith(from) ? base + url.slice(from.length) : url
  const article = addresses.articleAt(moved)
  if (!article) return 'its article has no http or https address'
  if (!article.isOwn) return "its article is on a host that is not the site's"
  return article
}
