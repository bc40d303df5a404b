import { createHash } from 'node:crypto'

const FIRST_MS = 5000
const LONGEST_MS = 3_600_000

/** Tries of one mail before it counts as failed; with the pauses below they reach over two days. */
export const MOST_ATTEMPTS = 60

/**
 * How long a mail waits after its nth failed try (from 1), in milliseconds: up to 5 seconds, then three times as long each time,
 * up to an hour. Spread over a quarter of that, by the mail's id, so that mails that failed together do not all come back together.
 */
export function pauseAfter({ id, attempts }: { id: string; attempts: number }): number {
  const longest = Math.min(FIRST_MS * 3 ** (attempts - 1), LONGEST_MS)
  return Math.round(longest * (1 - spread(`${id} ${attempts}`) / 4))
}

/** A number from 0 to 1 that is as good as random, and always the same for the same words. */
const spread = (words: string) => createHash('sha256').update(words).digest().readUInt32BE(0) / 0xffff_ffff
