import type { Entry } from './entry.ts'
import type { KnownComment, KnownName } from './known-store.ts'

/** A comment of the file, as far as it matters for whose it is. */
export interface Named {
  /** Empty for our own files, whose ids are everybody's. */
  origin: string
  /** Its number stands under several articles: the origin is the article's key. */
  isShared: boolean
  /** Its article's key. */
  key: string
  entry: Entry
  /** Works out the blind index of its address. */
  emailIndex: () => string | null
}

export interface Identity {
  /** The comment that an earlier import made of it. */
  known: KnownName | undefined
  /** That was before origins were kept: from now on it has the file's. */
  isAdopted: boolean
  /** Another comment has the number, so this one is one of its own. */
  isClash: boolean
}

/**
 * Which comment that came in before a comment of the file is. The same origin and the same id are the same comment, whatever changed
 * there. Article and author decide where that cannot be told: for what came in before origins were kept, and for a number that several
 * articles share; where they do not agree it is another comment that only has the same number.
 *
 * @param names all that came in under its id before, whatever the origin
 * @param commentOf the comment of a site that came of it; undefined when it was deleted here
 * @param threadId the thread of its article
 */
export function identify({
  named,
  names,
  commentOf,
  threadId,
}: {
  named: Named
  names: KnownName[]
  commentOf: (name: KnownName) => KnownComment | undefined
  threadId: string
}): Identity {
  const { origin, isShared, key } = named
  const withOrigin = (wanted: string) => names.find((name) => name.origin === wanted)
  const exact = withOrigin(origin) ?? (isShared ? undefined : withOrigin(key))
  if (exact) return { known: exact, isAdopted: false, isClash: false }

  const agrees = (name: KnownName): boolean => isSame({ named, name, comment: commentOf(name), threadId })
  const others = names.filter((name) => name.origin === '' || (isShared && !isArticle(name.origin)))
  const same = others.find(agrees)
  if (same) return { known: same, isAdopted: same.origin === '', isClash: false }
  return { known: undefined, isAdopted: false, isClash: others.length > 0 }
}

/** By article and author; for one that was deleted here by what it said. */
function isSame({
  named: { entry, emailIndex },
  name,
  comment,
  threadId,
}: {
  named: Named
  name: KnownName
  comment: KnownComment | undefined
  threadId: string
}): boolean {
  if (!comment) return name.hash === entry.hash
  if (comment.threadId !== threadId) return false
  if (comment.status === 'removed' || entry.status === 'removed') return true // nobody's name is left to compare
  return comment.name === entry.name || (comment.emailIndex !== null && comment.emailIndex === emailIndex())
}

/** A blog's or a forum's name has no scheme, an article's key has. */
const isArticle = (origin: string) => /^https?:\/\//.test(origin)
