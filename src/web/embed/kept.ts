import type { PublicComment } from './api.ts'
import { read, write } from './storage.ts'

const EDIT_MS = 15 * 60_000
const WAITING_MS = 7 * 24 * 3600_000

/** A comment of this browser: shown to its author alone while it waits, and changeable with its token for 15 minutes. */
export interface OwnComment extends Pick<PublicComment, 'id' | 'parentId' | 'author' | 'html' | 'createdAt'> {
  body: string
  token: string
  /** By this device's clock, which may be wrong: what it is compared with is as wrong. Milliseconds. */
  keptAt: number
  status: 'pending' | 'approved'
  /** Readers still see the earlier text. */
  revising?: boolean
}

export interface Identity {
  name: string
  email: string
  website: string
}

/** What was last sent and not yet answered: sent again under the same key it is never two comments. */
export interface Attempt {
  key: string
  fields: string
}

export type Kept = ReturnType<typeof createKept>

/**
 * What the widget keeps in this browser and nowhere else. Name and address stay for the tab alone, to survive a reload; for longer
 * only when the reader asks for it.
 */
export function createKept({ site, url }: { site: string; url: string }) {
  const ofSite = `balas:${site}`
  const ofThread = `${ofSite}:${url}`

  const own = (): OwnComment[] => {
    const all = (read('local', `${ofThread}:own`) as OwnComment[] | null) ?? []
    const now = Date.now()
    const lasting = all.filter(({ keptAt, status }) => now - keptAt < (status === 'pending' ? WAITING_MS : EDIT_MS))
    if (lasting.length < all.length) setOwn(lasting)
    return lasting
  }
  const setOwn = (comments: OwnComment[]) => write('local', `${ofThread}:own`, comments.length > 0 ? comments : null)

  const ofEither = (key: string) => read('local', `${ofSite}:${key}`) ?? read('session', `${ofSite}:${key}`)
  const isRemembered = () => read('local', `${ofSite}:me`) !== null

  return {
    own,
    addOwn: (comment: Omit<OwnComment, 'keptAt'>) => setOwn([...own(), { ...comment, keptAt: Date.now() }]),
    changeOwn: (id: string, change: Partial<OwnComment>) =>
      setOwn(own().map((comment) => (comment.id === id ? { ...comment, ...change } : comment))),
    removeOwn: (id: string) => setOwn(own().filter((comment) => comment.id !== id)),

    /** What was typed, by the comment that it answers; '' for none. */
    draft: (parent: string) => read('local', `${ofThread}:draft:${parent}`) as string | null,
    setDraft: (parent: string, body: string) => write('local', `${ofThread}:draft:${parent}`, body || null),
    attempt: (parent: string) => read('session', `${ofThread}:attempt:${parent}`) as Attempt | null,
    setAttempt: (parent: string, attempt: Attempt | null) => write('session', `${ofThread}:attempt:${parent}`, attempt),

    identity: (): Identity | null => ofEither('me') as Identity | null,
    isRemembered,
    setIdentity: ({ name, email, website, remember }: Identity & { remember: boolean }) => {
      const identity = { name, email, website }
      write('session', `${ofSite}:me`, identity)
      write('local', `${ofSite}:me`, remember ? identity : null)
      if (!remember) write('local', `${ofSite}:browser`, null)
    },

    /** A random name of this browser, so that its approved author is known again; for the tab alone unless asked to remember. */
    browser: (): string => {
      const place = isRemembered() ? 'local' : 'session'
      const id = (ofEither('browser') as string | null) ?? randomId()
      write(place, `${ofSite}:browser`, id)
      return id
    },
  }
}

/** Whether its author may still change it. */
export const isChangeable = ({ keptAt }: OwnComment, now: number) => now < keptAt + EDIT_MS
export const minutesLeft = ({ keptAt }: OwnComment, now: number) => Math.ceil((keptAt + EDIT_MS - now) / 60_000)

export const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
