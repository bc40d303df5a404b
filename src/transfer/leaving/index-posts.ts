import type { Database } from '../../database/connect.ts'
import { parseUrl } from '../../parse-url.ts'
import { type Addresses, createAddresses } from '../../sites/article-url.ts'
import type { SiteAddresses } from '../import/read-file.ts'
import { ID } from '../import/stable-id.ts'
import { openPostIndex, type PostIndex, secondOf, writerOf } from './post-index.ts'
import { type PostComment, type PostFound, readPosts } from './posts.ts'
import { broughtFromWordpress, commentsById, type Counterpart } from './store.ts'

/** Comments looked for at once. */
const AT_ONCE = 500

export interface PostsToIndex {
  /** WordPress's own export, or it packed by gzip. */
  file: string
  /** Where the index is made; must not exist yet. */
  indexFile: string
  siteId: string
  site: SiteAddresses
}

export interface PostCounts {
  posts: number
  comments: number
}

/**
 * Reads WordPress's own export and notes what of it can be found again: posts by their addresses as the site's rules read them, and
 * the comments that are here too.
 *
 * @returns how many posts and comments there are
 * @throws UnreadableFile
 */
export async function indexPosts({
  db,
  posts: { file, indexFile, siteId, site },
}: {
  db: Pick<Database, 'rows'>
  posts: PostsToIndex
}): Promise<PostCounts> {
  const index = openPostIndex(indexFile)
  try {
    const put = createPut(index, createAddresses(site))
    let waiting: PostComment[] = []
    const settle = async () => {
      for (const pair of await counterpartsOf(db, siteId, waiting)) put.counterpart(pair)
      waiting = []
    }
    for await (const found of readPosts(file)) {
      put.found(found)
      if (found.type === 'comment' && waiting.push(found.comment) >= AT_ONCE) await settle()
    }
    await settle()
    return put.end()
  } finally {
    index.close()
  }
}

function createPut({ db }: PostIndex, addresses: Addresses) {
  db.exec('CREATE TABLE hint (thread TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID; BEGIN')
  const insertPost = db.prepare('INSERT OR IGNORE INTO post (id, title, date, dateGmt, status, name, type) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const insertAddress = db.prepare(
    'INSERT INTO address (key, post, weight) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET post = excluded.post, weight = excluded.weight WHERE excluded.weight > weight',
  )
  const place = db.prepare('UPDATE comment SET post = ? WHERE item = ?')
  const insertComment = db.prepare('INSERT OR IGNORE INTO comment (id, item, author, writer, date, dateGmt) VALUES (?, ?, ?, ?, ?, ?)')
  const insertCounterpart = db.prepare('INSERT OR IGNORE INTO counterpart (ours, id) VALUES (?, ?)')
  const insertTied = db.prepare('INSERT OR REPLACE INTO tied (thread, post) VALUES (?, ?)')
  const threads = db.prepare<[], { thread: string; post: number }>(
    'SELECT hint.thread, comment.post FROM hint JOIN comment USING (id) WHERE comment.post IS NOT NULL',
  )
  const hint = db.prepare('INSERT OR IGNORE INTO hint (thread, id) VALUES (?, ?)')
  const count = (table: 'post' | 'comment') => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

  return {
    found(found: PostFound) {
      if (found.type === 'comment') {
        const { id, author, date, dateGmt } = found.comment
        insertComment.run(id, found.item, author, writerOf(author), date, secondOf(dateGmt))
        return
      }
      const { post, item } = found
      insertPost.run(post.id, post.title, post.date, post.dateGmt, post.status, post.name, post.type)
      place.run(post.id, item)
      for (const { key, weight } of addressesOf(found, addresses)) insertAddress.run(key, post.id, weight)
    },
    counterpart({ ours, id }: { ours: Counterpart; id: number }) {
      insertCounterpart.run(ours.id, id)
      hint.run(ours.threadId, id)
    },
    end() {
      for (const { thread, post } of threads.all()) insertTied.run(thread, post)
      // Of what stands below a menu or a revision nothing is left to be found.
      db.exec('DROP TABLE hint; DELETE FROM counterpart WHERE id IN (SELECT id FROM comment WHERE post IS NULL); COMMIT')
      return { posts: count('post'), comments: count('comment') }
    },
  }
}

/**
 * The addresses at which a post can have been read, the surer the heavier: its link, before that of a draft; its number, as WordPress writes
 * it without pretty addresses (`/?p=7`); names that it had before; its guid, which is its first address.
 */
function addressesOf(
  { post, link, guid, oldNames, root }: PostFound & { type: 'post' },
  addresses: Addresses,
): { key: string; weight: number }[] {
  const base = parseUrl(root.endsWith('/') ? root : `${root}/`)
  const numbered = base ? [`${base.href}?p=${post.id}`, ...(post.type === 'page' ? [`${base.href}?page_id=${post.id}`] : [])] : []
  const wished = [
    { address: link, weight: post.status === 'publish' ? 4 : 3 },
    ...numbered.map((address) => ({ address, weight: 2 })),
    ...oldNames.flatMap((name) =>
      post.name !== '' && name !== '' && link.includes(`/${post.name}`) ? [{ address: renamed(link, post.name, name), weight: 1 }] : [],
    ),
    { address: guid, weight: 1 },
  ]
  return wished.flatMap(({ address, weight }) => {
    const key = keyOf(address, addresses, base)
    return key === null ? [] : [{ key, weight }]
  })
}

const renamed = (link: string, name: string, before: string) => {
  const at = link.lastIndexOf(`/${name}`)
  return `${link.slice(0, at)}/${before}${link.slice(at + 1 + name.length)}`
}

/** Null also where the site's rules drop the very parameter that tells posts apart: what is left is the front page. */
function keyOf(address: string, addresses: Addresses, base: URL | null): string | null {
  const said = parseUrl(address)
  const article = addresses.articleAt(address)
  if (!said || !article) return null
  const kept = parseUrl(article.url)
  const isFront = kept?.pathname === (base?.pathname ?? '/') || kept?.pathname === '/'
  return isFront && said.search !== '' && kept?.search === '' && kept.pathname === said.pathname ? null : article.key
}

/** Which of these comments are ours: by the id that they have with us, or by WordPress's number and second, since numbers of two blogs meet. */
async function counterpartsOf(db: Pick<Database, 'rows'>, siteId: string, comments: PostComment[]) {
  if (comments.length === 0) return []
  const ownIds = comments.flatMap(({ ownId }) => (ownId !== null && ID.test(ownId) ? [ownId] : []))
  const byName = new Map<string, Counterpart[]>()
  const found = [
    ...(ownIds.length > 0 ? await commentsById(db, { siteId, ids: ownIds }) : []),
    ...(await broughtFromWordpress(db, { siteId, names: comments.flatMap(({ id, ownId }) => [String(id), ...(ownId ? [ownId] : [])]) })),
  ]
  for (const one of found) byName.set(one.name, [...(byName.get(one.name) ?? []), one])
  return comments.flatMap(({ id, ownId, dateGmt }) => {
    const [known] = byName.get(ownId ?? '') ?? []
    const ours = known ?? byName.get(String(id))?.find(({ createdAt }) => secondOf(createdAt) === secondOf(dateGmt))
    return ours ? [{ ours, id }] : []
  })
}
