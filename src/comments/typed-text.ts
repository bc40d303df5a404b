import { InvalidFields } from '../errors.ts'
import { hasNothingToRead } from '../markup/nothing-to-read.ts'
import { sanitizeComment } from '../markup/sanitize.ts'

/**
 * The HTML of what somebody typed as a comment's text, as `sanitizeComment` makes it.
 * @throws InvalidFields when there is nothing to read in it
 */
export function htmlOfTyped({ body }: { body: string }): ReturnType<typeof sanitizeComment> {
  const made = sanitizeComment({ body })
  if (hasNothingToRead(made.html)) throw InvalidFields(undefined, { errors: [{ field: 'body', message: 'has nothing to read in it' }] })
  return made
}
