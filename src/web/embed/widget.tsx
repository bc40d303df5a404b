import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Api, Order, PublicThread, SubmissionAnswer } from './api.ts'
import { Comments } from './comment.tsx'
import { type WidgetContextValue, WidgetContext } from './context.ts'
import type { Kept } from './kept.ts'
import { nest } from './nest.ts'
import { type Goal, idBefore, keepPlace, showComment, targetOf } from './place.ts'
import { Action, Button } from './parts.tsx'
import { ReplyForm } from './reply-form.tsx'
import type { Speech } from './texts.ts'
import type { ReplyFields } from './use-reply.ts'
import { useThread } from './use-thread.ts'

const MINUTE_MS = 60_000

interface WidgetProps {
  root: ShadowRoot
  api: Api
  /** The first page, asked for before the rest was there. */
  first: Promise<PublicThread>
  kept: Kept
  speech: Speech
  order: Order
  theme: 'light' | 'dark'
}

/** The whole comment box: the form, and the comments below it. */
export function Widget({ root, api, first, kept, speech, order: firstOrder, theme }: WidgetProps) {
  const { t, locale, direction } = speech
  const thread = useThread({ api, first, order: firstOrder })
  const [own, setOwn] = useState(kept.own)
  const [said, setSaid] = useState({ text: '', count: 0 })
  const announce = (text: string) => setSaid(({ count }) => ({ text, count: count + 1 }))
  const [toShow, setToShow] = useState<Goal | null>(null)
  const now = useNow()
  const fresh = useArrivals(thread.arrived, {
    own: new Set(own.map(({ id }) => id)),
    say: (count) => announce(t('embed.arrived', { count })),
  })
  const widgetContext: WidgetContextValue = { ...speech, api, kept, mails: thread.thread?.mails, announce, now }
  const isPublic = new Set(thread.comments.map(({ id }) => id))
  const waiting = own.filter(({ id, status }) => status === 'pending' && !isPublic.has(id))
  const reloadOwn = () => setOwn(kept.own())

  usePlace(root, thread.comments)
  /** What a moderator let through. */
  const letThrough = (id: string, html: string) => {
    kept.changeOwn(id, { status: 'approved', revising: false, html })
    reloadOwn()
    announce(t('own.approved'))
  }
  useEffect(() => {
    for (const { id, status, revising, html } of own) {
      const shown = htmlOf(thread.comments, id)
      if (shown !== undefined && (status === 'pending' || (revising && shown !== html))) letThrough(id, shown)
    }
  }, [thread.comments])
  const goTo = async (id: string | null) => {
    if (id && (own.some((one) => one.id === id) || (await thread.seek(id)))) setToShow({ id })
  }
  useEffect(() => {
    const onHash = () => void goTo(targetOf(location.hash))
    onHash()
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  useEffect(() => {
    // Let through, but on a page that is not opened.
    if (!thread.hasMore && !thread.at) return
    for (const { id } of waiting) {
      void api.thread({ order: thread.order, at: id }).then(
        ({ comments }) => {
          const shown = htmlOf(comments, id)
          if (shown !== undefined) letThrough(id, shown)
        },
        () => undefined, // the next change asks again
      )
    }
  }, [thread.thread?.version])
  useEffect(() => {
    if (toShow && showComment(root, toShow)) setToShow(null)
  }, [toShow, thread.comments, own])

  const onSent = ({ comment, editToken }: SubmissionAnswer, { body }: ReplyFields) => {
    kept.addOwn({ ...comment, body, token: editToken })
    reloadOwn()
    announce(t(comment.status === 'approved' ? 'own.approved' : 'own.pending'))
    if (comment.status === 'pending') setToShow(comment)
    else void thread.refresh().then(async () => (await thread.seek(comment.id)) && setToShow(comment))
  }
  const { count = 0, open = true } = thread.thread ?? {}

  return (
    <WidgetContext.Provider value={widgetContext}>
      <section class={`balas ${theme}`} lang={locale} dir={direction} part="root" aria-label={t('thread.label')}>
        <p class="away" role="status" aria-live="polite">
          <span key={said.count}>{said.text}</span>
        </p>
        <header class="top">
          <h2 part="title" data-comment="" tabIndex={-1}>
            {thread.state === 'loaded' && count > 0 ? t('thread.count', { count }) : t('thread.label')}
          </h2>
          {count > 1 && <Orders t={t} order={thread.order} onOrder={(order) => void thread.open({ order, at: null })} />}
        </header>
        {thread.state === 'loading' && <p class="hint">{t('embed.loading')}</p>}
        {thread.state === 'failed' && (
          <p class="note">
            {t('embed.failed')} <Button onClick={() => void thread.refresh()}>{t('embed.retry')}</Button>
          </p>
        )}
        {!open && <p class="note">{t('thread.closed')}</p>}
        {thread.state !== 'loading' && (open || kept.draft('')) && <ReplyForm onSent={onSent} />}
        {thread.at && (
          <Button class="wide" onClick={() => void thread.open({ order: thread.order, at: null })}>
            {t('embed.all')}
          </Button>
        )}
        {thread.state === 'loaded' && count === 0 && waiting.length === 0 && open && <p class="hint">{t('thread.empty')}</p>}
        <Comments
          branches={nest(thread.comments, waiting)}
          isOpen={open}
          fresh={fresh}
          ownOf={(id) => own.find((one) => one.id === id)}
          onSent={onSent}
          onOwnChanged={(gone) => {
            if (gone) setToShow({ id: idBefore(root, gone), isSeen: true })
            reloadOwn()
            void thread.refresh()
          }}
        />
        {thread.hasMore && (
          <Button
            class="wide"
            aria-disabled={thread.isLoadingMore}
            onClick={() => void thread.more().then((id) => id && setToShow({ id, isSeen: true }))}
          >
            {t(thread.isLoadingMore ? 'embed.loading' : 'embed.more')}
          </Button>
        )}
        <p class="foot">
          <a href={api.feedUrl}>{t('embed.feed')}</a>
        </p>
      </section>
    </WidgetContext.Provider>
  )
}

function Orders({ t, order, onOrder }: Pick<Speech, 't'> & { order: Order; onOrder: (order: Order) => void }) {
  return (
    <div class="orders" role="group" aria-label={t('thread.order')}>
      {(['oldest', 'newest'] as const).map((each) => (
        <Action key={each} aria-pressed={each === order} onClick={() => onOrder(each)}>
          {t(`thread.${each}`)}
        </Action>
      ))}
    </div>
  )
}

/** The comments that came while the page was open, told as they come; not the reader's own. */
function useArrivals(arrived: string[], { own, say }: { own: Set<string>; say: (count: number) => void }): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const others = arrived.filter((id) => !own.has(id))
    if (others.length === 0) return
    setFresh((all) => new Set([...all, ...others]))
    say(others.length)
  }, [arrived])
  return fresh
}

const htmlOf = (comments: ReturnType<typeof useThread>['comments'], id: string): string | undefined => {
  const found = comments.find((comment) => comment.id === id)
  return found && !('removed' in found) ? found.html : undefined
}

/** Keeps the reader's place through a change of the list. */
function usePlace(root: ShadowRoot, comments: unknown[]): void {
  const count = comments.length
  const settle = useRef<(() => void) | null>(null)
  const previous = useRef(count)
  if (previous.current !== count) {
    settle.current = keepPlace(root) // still as it was: the new list is not in the page yet
    previous.current = count
  }
  useLayoutEffect(() => {
    settle.current?.()
    settle.current = null
  })
}

/** The time, each minute anew, so that "a minute ago" does not stand there for an hour. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
