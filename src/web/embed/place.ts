import { parentOf } from './theme.ts'

/** A comment to go to, or the title of the list. */
export interface Goal {
  id: string
  /** It is where the reader looks: the page stays as it is. */
  isSeen?: boolean
}

/** Keeps what a reader looks at where it is on the screen while comments come in above it. Call before the change, then after it. */
export function keepPlace(root: ParentNode): () => void {
  const seen = [...root.querySelectorAll<HTMLElement>('[data-comment], form')].find((element) => element.getBoundingClientRect().bottom > 0)
  if (!seen) return () => undefined
  const { top } = seen.getBoundingClientRect()
  if (top > innerHeight) return () => undefined // further up than the comments
  return () => {
    if (!seen.isConnected) return
    const moved = () => seen.getBoundingClientRect().top - top
    // Whatever scrolls in this page: a box around the widget, or the page itself, which is the outermost.
    for (let at = parentOf(seen); at && moved() !== 0; at = parentOf(at)) at.scrollBy({ top: moved(), behavior: 'instant' })
  }
}

/** Gives a comment the focus, brings it into view and marks it, unless it is in view already; false when it is not there. */
export function showComment(root: ParentNode, { id, isSeen = false }: Goal): boolean {
  const element = root.querySelector<HTMLElement>(`[data-comment="${CSS.escape(id)}"]`)
  if (!element) return false
  element.focus({ preventScroll: true })
  if (isSeen) return true
  for (const other of root.querySelectorAll('.target')) other.classList.remove('target')
  element.classList.add('target')
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' })
  return true
}

/** The id of what stands before a comment: another one, or the list's title, whose id is empty. */
export function idBefore(root: ParentNode, id: string): string {
  const ids = [...root.querySelectorAll<HTMLElement>('[data-comment]')].map(({ dataset }) => dataset['comment'] ?? '')
  return ids[ids.indexOf(id) - 1] ?? ''
}

/** The comment that the page's address points at. */
export const targetOf = (hash: string): string | null => /^#comment-([0-9a-f-]{36})$/.exec(hash)?.[1] ?? null

/** The address of a comment in this page, whatever the page's `<base>` is. */
export const linkTo = (id: string) => `${location.href.replace(/#.*$/, '')}#comment-${id}`
