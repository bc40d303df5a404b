import { useEffect, useRef, useState } from 'preact/hooks'
import type { Api, Order, PublicComment, PublicThread, RemovedComment } from './api.ts'
import { follow } from './live.ts'

export interface ThreadState {
  state: 'loading' | 'failed' | 'loaded'
  thread: PublicThread | null
  comments: (PublicComment | RemovedComment)[]
  order: Order
  /** The comment whose branch the list begins with, when it does not begin with the first. */
  at: string | null
  hasMore: boolean
  isLoadingMore: boolean
  /** What the last change brought. */
  arrived: string[]
}

interface Shown {
  pages: PublicThread[]
  order: Order
  at: string | null
}

/** Pages that one answer to a change reads again at most; whoever opened more of them sees changes in the first ones. */
const REFRESHED_PAGES = 20

/**
 * The thread as far as it was opened, kept up with what others write. Pages are read again from the first one on: those that did not
 * change are answered by `304`.
 */
export function useThread({ api, first, order: firstOrder }: { api: Api; first: Promise<PublicThread>; order: Order }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [failed, setFailed] = useState(false)
  const [arrived, setArrived] = useState<string[]>([])
  const [isLoadingMore, setLoadingMore] = useState(false)
  const current = useRef<Shown | null>(null)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const show = (next: Shown) => {
    current.current = next
    setFailed(false)
    setShown(next)
  }
  /** One reading after the other, so that none overtakes or undoes another. */
  const inTurn = <Answer>(read: () => Promise<Answer>): Promise<Answer> => {
    const mine = queue.current.then(read, read)
    queue.current = mine.catch(() => undefined)
    return mine
  }

  /** As many pages as are shown, and one more when what came in moved the last comment beyond them: somebody may be answering it. */
  const readAgain = async ({ order, at, pages: before }: Shown): Promise<PublicThread[]> => {
    const last = idsOf(before).at(-1) ?? ''
    const pages = [await api.thread({ order, at: at ?? undefined })]
    for (;;) {
      const cursor = pages.at(-1)?.nextCursor
      if (!cursor || pages.length > before.length || (pages.length === before.length && holds(pages, last))) return pages
      pages.push(await api.thread({ order, cursor }))
    }
  }

  /** Reads from the start of the list, unless somebody did already. */
  const open = ({ order, at, page }: { order: Order; at: string | null; page?: Promise<PublicThread> }): Promise<void> =>
    inTurn(async () => {
      try {
        show({ pages: [await (page ?? api.thread({ order, at: at ?? undefined }))], order, at })
      } catch (error) {
        console.warn(error) // says to the page's maker why: a site that is not there, an address that is not the site's
        if (!current.current) setFailed(true) // else what is shown stays
      }
    })

  /** Reads again what is shown; what came in meanwhile is told. */
  const refresh = (): Promise<void> => {
    if (!current.current) return open({ order: firstOrder, at: null })
    return inTurn(async () => {
      const before = current.current
      if (!before) return
      const pages = before.pages.slice(0, REFRESHED_PAGES)
      const fresh = await readAgain({ ...before, pages }).catch(() => null)
      if (!fresh) return // the next change tries again
      show({ ...before, pages: [...fresh, ...before.pages.slice(fresh.length)] })
      setArrived(arrivals(before.pages, fresh))
    })
  }

  /** Shows one more page, and gives the id of what it begins with. */
  const more = (): Promise<string | undefined> =>
    inTurn(async () => {
      const before = current.current
      const cursor = before?.pages.at(-1)?.nextCursor
      if (!before || !cursor) return undefined
      setLoadingMore(true)
      const page = await api.thread({ order: before.order, cursor }).catch(() => null) // the button is still there
      setLoadingMore(false)
      if (page) show({ ...before, pages: [...before.pages, page] })
      return page?.comments[0]?.id
    })

  /** Shows the branch that a comment is in; false when it is not public. */
  const seek = (id: string): Promise<boolean> =>
    inTurn(async () => {
      if (holds(current.current?.pages ?? [], id)) return true
      const order = current.current?.order ?? firstOrder
      const found = await api.thread({ order, at: id }).catch(() => null)
      if (!found || !holds([found], id)) return false
      show({ pages: [found], order, at: id })
      return true
    })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    void open({ order: firstOrder, at: null, page: first })
    const stop = follow({
      api,
      onChange: (version) => {
        if (version !== null && version === current.current?.pages[0]?.version) return
        clearTimeout(timer)
        timer = setTimeout(() => void refresh(), SPREAD_MS * Math.random()) // not everybody at the same moment
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [api])

  const pages = shown?.pages ?? []
  const state: ThreadState = {
    state: shown ? 'loaded' : failed ? 'failed' : 'loading',
    thread: pages[0] ?? null,
    comments: pages.flatMap(({ comments }) => comments),
    order: shown?.order ?? firstOrder,
    at: shown?.at ?? null,
    hasMore: Boolean(pages.at(-1)?.nextCursor),
    isLoadingMore,
    arrived,
  }
  return { ...state, open, more, refresh, seek }
}

const SPREAD_MS = 500

const idsOf = (pages: PublicThread[]) => pages.flatMap(({ comments }) => comments.filter((one) => !('removed' in one)).map(({ id }) => id))
const holds = (pages: PublicThread[], id: string) => idsOf(pages).includes(id)

/** What is new in a list that was read again, without what moved up from the next page when something above it went. */
function arrivals(before: PublicThread[], after: PublicThread[]): string[] {
  const known = new Set(idsOf(before))
  const ids = idsOf(after)
  const last = ids.findLastIndex((id) => known.has(id))
  const isWhole = !before.at(-1)?.nextCursor
  return ids.filter((id, index) => !known.has(id) && (isWhole || index < last))
}
