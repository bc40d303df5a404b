import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { ModeratedComment } from '../api/types.ts'
import { Loading } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { Card, type CardActions } from './card.tsx'
import type { Opened } from './queue-page.tsx'
import type { useCursor } from './use-cursor.ts'

export interface ListHandle {
  /** Brings a card into view and puts the focus on it. */
  show: (index: number) => void
}

interface Props {
  ref: Ref<ListHandle>
  comments: ModeratedComment[]
  cursor: ReturnType<typeof useCursor>
  selected: ReadonlySet<string>
  opened: Opened
  isWhole: boolean
  isFetching: boolean
  onEnd: () => void
  actions: CardActions
}

const GUESSED_HEIGHT = 200
/** Cards that are still below when more are asked for: about as many as a turn of the wheel passes until the answer is there. */
const AHEAD = 30
/** Space that the bars at top and bottom take. */
const TOP = 120
const BOTTOM = 96

/** The cards, of which only those near the window are in the page. */
export function CommentList({ ref, comments, cursor, selected, opened, isWhole, isFetching, onEnd, actions }: Props) {
  const { t } = useSpeech()
  const place = useRef<HTMLDivElement>(null)
  const virtualizer = useWindowVirtualizer({
    count: comments.length,
    estimateSize: () => GUESSED_HEIGHT,
    getItemKey: (index) => comments[index]?.id ?? index,
    overscan: 4,
    rangeExtractor: (range) => {
      const kept = comments.findIndex(({ id }) => id === opened?.id) // what is being typed in it must not go when it is scrolled away
      const near = defaultRangeExtractor(range)
      return kept < 0 || near.includes(kept) ? near : [...near, kept].toSorted((a, b) => a - b)
    },
    gap: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
    scrollPaddingStart: TOP,
    scrollPaddingEnd: BOTTOM,
  })
  const items = virtualizer.getVirtualItems()
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    if (comments.length > 0 && last >= comments.length - AHEAD) onEnd()
  }, [last, comments.length, onEnd])

  const wantsFocus = useRef(false)
  useImperativeHandle(ref, () => ({
    show: (index) => {
      wantsFocus.current = true
      virtualizer.scrollToIndex(index, { align: 'auto' })
    },
  }))
  useEffect(() => {
    if (!wantsFocus.current) return
    const card = place.current?.querySelector<HTMLElement>('[data-current]')
    if (!card) return
    wantsFocus.current = false
    card.focus({ preventScroll: true })
  })

  return (
    <>
      <div
        ref={place}
        role="feed"
        aria-label={t('admin.queue.list')}
        aria-busy={isFetching}
        className="cards"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ key, index, start }) => {
          const comment = comments[index]
          return (
            comment && (
              <Card
                key={key}
                ref={virtualizer.measureElement}
                index={index}
                total={isWhole ? comments.length : -1}
                offset={start - virtualizer.options.scrollMargin}
                comment={comment}
                isCurrent={cursor.isSet && index === cursor.index}
                isSelected={selected.has(comment.id)}
                opened={opened?.id === comment.id ? opened.what : null}
                actions={actions}
              />
            )
          )
        })}
      </div>
      {isFetching && <Loading />}
    </>
  )
}
