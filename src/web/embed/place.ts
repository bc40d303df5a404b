/** Keeps what a reader looks at where it is on the screen while comments come in above it. Call before the change, then after it. */
export function keepPlace(root: ParentNode): () => void {
  const seen = [...root.querySelectorAll<HTMLElement>('[data-comment], form')].find((element) => element.getBoundingClientRect().bottom > 0)
  if (!seen) return () => undefined
  const { top } = seen.getBoundingClientRect()
  if (top > innerHeight) return () => undefined // further up than the comments
  return () => {
    if (seen.isConnected) scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: 'instant' })
  }
}

/** Brings a comment into view and marks it; false when it is not there. */
export function showComment(root: ParentNode, id: string): boolean {
  const element = root.querySelector<HTMLElement>(`[data-comment="${CSS.escape(id)}"]`)
  if (!element) return false
  for (const other of root.querySelectorAll('.target')) other.classList.remove('target')
  element.classList.add('target')
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', behavior: isStill ? 'auto' : 'smooth' })
  element.focus({ preventScroll: true })
  return true
}

/** The comment that the page's address points at. */
export const targetOf = (hash: string): string | null => /^#comment-([0-9a-f-]{36})$/.exec(hash)?.[1] ?? null

/** The address of a comment in this page, whatever the page's `<base>` is. */
export const linkTo = (id: string) => `${location.href.replace(/#.*$/, '')}#comment-${id}`
