import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Milliseconds from each frame to the next. */
    frameTimes: number[]
  }
}

/** A frame that comes later than this is seen as a stutter. */
const LATE_MS = 50

/** Notes from now on how long each frame takes. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.frameTimes = []
    void (async () => {
      for (let before = performance.now(); ;) {
        const now = await new Promise(requestAnimationFrame)
        window.frameTimes.push(now - before)
        before = now
      }
    })()
  })

/** Turns the wheel: pixels down the page (up when negative), at so many pixels a second. */
export async function wheel({ page, pixels, speed }: { page: Page; pixels: number; speed: number }): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await page.evaluate(() => window.frameTimes.splice(0))
  await session.send('Input.synthesizeScrollGesture', { x: 600, y: 500, yDistance: -pixels, speed, gestureSourceType: 'mouse' })
  await session.detach()
}

/** Presses End until the last comment is there; gives the seconds that it took. */
export async function scrollToEnd({ page, count }: { page: Page; count: number }): Promise<number> {
  const started = performance.now()
  for (;;) {
    await page.keyboard.press('End')
    const isThere = await page.evaluate(
      (total) => document.querySelector(`.card[aria-setsize="${total}"][data-index="${total - 1}"]`),
      count,
    )
    if (isThere) return (performance.now() - started) / 1000
  }
}

/** @example frames([16, 17, 120]) // '3 frames, 1 later than 50 ms (33.3 %), median 17 ms, longest 120 ms' */
export function frames(times: number[]): string {
  const late = times.filter((time) => time > LATE_MS).length
  const inOrder = times.toSorted((a, b) => a - b)
  const share = ((100 * late) / times.length).toFixed(1)
  return `${times.length} frames, ${late} later than ${LATE_MS} ms (${share} %), median ${Math.round(inOrder[Math.floor(times.length / 2)] ?? 0)} ms, longest ${Math.round(inOrder.at(-1) ?? 0)} ms`
}
