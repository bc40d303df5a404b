import { useState } from 'react'
import type { ModeratedComment } from '../api/types.ts'

/** Which card is under the cursor: by id, so that it stays when cards come and go; when its own goes, the next one takes its place. */
export function useCursor(comments: ModeratedComment[]) {
  const [place, setPlace] = useState<{ id: string; index: number } | null>(null)
  const found = place ? comments.findIndex(({ id }) => id === place.id) : -1
  const index = found >= 0 ? found : Math.min(place?.index ?? 0, comments.length - 1)
  const current = comments[index]
  if (place && current && (place.id !== current.id || place.index !== index)) setPlace({ id: current.id, index })
  const moveTo = (to: number) => {
    const target = comments[Math.max(0, Math.min(to, comments.length - 1))]
    if (target) setPlace({ id: target.id, index: comments.indexOf(target) })
  }
  /** Also for a comment that is only about to be in the list. */
  const put = (id: string) => {
    const at = comments.findIndex((comment) => comment.id === id)
    setPlace({ id, index: at < 0 ? index : at })
  }
  return { index, current, isSet: place !== null, moveTo, put }
}
