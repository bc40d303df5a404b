import { type PointerEvent, useRef } from 'react'
import type { Decision } from '../api/types.ts'

/** A touch that has moved less may still become a tap or a scroll; pixels. */
const SLACK = 12
/** The share of the card's width beyond which letting go decides. */
const ENOUGH = 0.3
/** A finger that rests before it moves selects text; milliseconds. */
const RESTS = 350
/** Swipes that begin at the window's edge are the browser's, for back and forward; pixels. */
const EDGE = 20
/** Where sideways moves have a meaning of their own. */
const OWN_MOVES = 'input, textarea, select, pre'

interface Swipe {
  pointer: number
  x: number
  y: number
  at: number
  /** Undefined until the touch has shown that it goes sideways. */
  moved?: number
}

/**
 * A finger moves the card sideways: to the right it approves, to the left it rejects. The card says so while it moves, and decides
 * only when it is let go beyond the threshold, which shows. Up, down and pinching stay the browser's (touch-action in the styles).
 */
export function useSwipe({ offered, onDecide }: { offered: readonly Decision[]; onDecide: (decision: Decision) => void }) {
  const swipe = useRef<Swipe | null>(null)
  const ends = (card: HTMLElement) => {
    swipe.current = null
    card.style.translate = ''
    delete card.dataset['swipe']
    delete card.dataset['sure']
  }
  return {
    onPointerDown: ({ pointerType, isPrimary, pointerId, clientX, clientY, timeStamp, target }: PointerEvent) => {
      const isOurs = pointerType === 'touch' && isPrimary && clientX > EDGE && clientX < innerWidth - EDGE
      const isFree = !(target instanceof Element && target.closest(OWN_MOVES)) && getSelection()?.isCollapsed !== false
      swipe.current = isOurs && isFree ? { pointer: pointerId, x: clientX, y: clientY, at: timeStamp } : null
    },
    onPointerMove: ({ pointerId, clientX, clientY, timeStamp, currentTarget: card }: PointerEvent<HTMLElement>) => {
      const now = swipe.current
      if (now?.pointer !== pointerId) return
      const [dx, dy] = [clientX - now.x, clientY - now.y]
      if (now.moved === undefined) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) < SLACK) return
        if (Math.abs(dx) < 1.5 * Math.abs(dy) || timeStamp - now.at > RESTS) return ends(card)
        card.setPointerCapture(pointerId)
      }
      const decision = meant(dx)
      now.moved = offered.includes(decision) ? dx : 0
      card.style.translate = `${now.moved}px`
      card.dataset['swipe'] = decision
      card.toggleAttribute('data-sure', isEnough(card, now.moved))
    },
    onPointerUp: ({ pointerId, currentTarget: card }: PointerEvent<HTMLElement>) => {
      const now = swipe.current
      if (now?.pointer !== pointerId) return
      const { moved = 0 } = now
      ends(card)
      if (isEnough(card, moved)) onDecide(meant(moved))
    },
    onPointerCancel: ({ currentTarget: card }: PointerEvent<HTMLElement>) => ends(card),
  }
}

const meant = (dx: number) => (dx > 0 ? 'approve' : 'reject')
const isEnough = (card: HTMLElement, moved: number) => Math.abs(moved) >= ENOUGH * card.offsetWidth
