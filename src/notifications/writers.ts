import type { Render } from './attempt.ts'
import { SUPPRESSED } from './suppressed.ts'

/**
 * Who writes the mails of which kind. A row of a kind that is not named is from another version of this program: it is kept as
 * suppressed, with that reason.
 */
export const writtenBy =
  (writers: Record<string, Render>): Render =>
  async (delivery) =>
    (await writers[delivery.kind]?.(delivery)) ?? { suppressed: SUPPRESSED.unknownKind }
