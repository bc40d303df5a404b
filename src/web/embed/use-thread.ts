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
export function useThread({ api, order: firstOrder, target }: { api: Api; order: Order; target: string | null }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [failed, setFailed] = useState(false)
  const [arrived, setArrived] = useState<string[]>([])
  const [isLoadingMore, setLoadingMore] = useState(false)
  const current = useRef(shown)
  const reading = useRef(0)
  const show = (next: Shown) => {
    current.current = next
    setShown(next)
  }

  /** Reads from the start of the list; a reading that another one overtook is dropped. */
  const open = async ({ order, at, count = 1 }: { order: Order; at: string | null; count?: number }): Promise<void> => {
    const mine = ++reading.current
    try {
      const pages = [await api.thread({ order, at: at ?? undefined })]
      while (pages.length < count && pages.at(-1)?.nextCursor)
        pages.push(await api.thread({ order, cursor: pages.at(-1)?.nextCursor ?? undefined }))
      if (mine !== reading.current) return
      setFailed(false)
      show({ pages, order, at })
    } catch {
      if (mine === reading.current && !current.current) setFailed(true) // what is shown stays, and the next change tries again
    }
  }

  const refresh = async (): Promise<void> => {
    const before = current.current
    const { order, at, pages } = before ?? { order: firstOrder, at: null, pages: [] }
    await open({ order, at, count: Math.min(pages.length, REFRESHED_PAGES) })
    const known = new Set(idsOf(pages))
    const after = current.current
    if (before && after !== before) setArrived(idsOf(after?.pages ?? []).filter((id) => !known.has(id)))
  }

  const more = async (): Promise<void> => {
    const last = current.current?.pages.at(-1)
    if (!current.current || !last?.nextCursor) return
    const mine = ++reading.current
    setLoadingMore(true)
    try {
      const page = await api.thread({ order: current.current.order, cursor: last.nextCursor })
      const now = current.current
      if (mine === reading.current && now) show({ ...now, pages: [...now.pages, page] })
    } catch {
      // The button is still there.
    } finally {
      setLoadingMore(false)
    }
  }

  /** Shows the branch that a comment is in; false when it is not public. */
  const seek = async (id: string): Promise<boolean> => {
    const holds = () => current.current?.pages.some(({ comments }) => comments.some((comment) => comment.id === id)) ?? false
    if (holds()) return true
    const order = current.current?.order ?? firstOrder
    const found = await api.thread({ order, at: id }).catch(() => null)
    if (!found?.comments.some((comment) => comment.id === id)) return false
    ++reading.current
    show({ pages: [found], order, at: id })
    return true
  }

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    void open({ order: firstOrder, at: null }).then(() => (target ? seek(target) : undefined))
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
