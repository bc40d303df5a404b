import type { Keys } from '../privacy/secret.ts'
import { sameString, sign } from '../privacy/tokens.ts'

/** How long authors may change or withdraw what they wrote, milliseconds. */
export const EDIT_WINDOW_MS = 15 * 60 * 1000

/** The capability that an author gets with the 201. It is computed, not stored: the server's secret makes it again. */
export const editToken = ({ keys, commentId }: { keys: Keys; commentId: string }) => sign({ keys, purpose: 'edit', words: commentId })

/** Whether a token lets its bearer change a comment now. */
export const mayEdit = ({
  keys,
  comment,
  token,
  now,
}: {
  keys: Keys
  comment: { id: string; createdAt: Date }
  token: string
  now: Date
}) => sameString(token, editToken({ keys, commentId: comment.id })) && now.getTime() < comment.createdAt.getTime() + EDIT_WINDOW_MS
