import { createHash } from 'node:crypto'

/**
 * The idempotency key of a form: the page's own key and what was typed. A double click is one reply, while a page that was kept by
 * a cache, or gone back to, takes another reply under the same key.
 */
export function formKey(key: unknown, fields: Record<string, unknown>): string | undefined {
  if (typeof key !== 'string' || key === '') return undefined
  return createHash('sha256')
    .update(JSON.stringify([key, Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('base64url')
}
