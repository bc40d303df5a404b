const REDRAW_MS = 200
const LINE_MS = 5000

/**
 * Tells on standard error how far a command is: on a terminal one line that is drawn again and again, elsewhere a line now and
 * then, and that only when asked for.
 *
 *     const progress = createProgressLine({ out: process.stderr, isTerminal: true, isVerbose: false, total: 1000, now: () => performance.now() })
 *     progress.at(500) // 500 of 1,000 (50%)  250/s  2 s left
 *     progress.end()
 */
export function createProgressLine({
  out,
  isTerminal,
  isVerbose,
  total,
  now,
}: {
  out: { write(text: string): unknown }
  isTerminal: boolean
  isVerbose: boolean
  /** Null when nobody knows. */
  total: number | null
  /** Milliseconds. */
  now: () => number
}) {
  const startedAt = now()
  let told = startedAt
  let last = 0
  const draw = (text: string) => out.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`)
  return {
    /** That so many are done. */
    at(done: number) {
      last = done
      if (!isTerminal && !isVerbose) return
      if (now() - told < (isTerminal ? REDRAW_MS : LINE_MS)) return
      told = now()
      draw(describe({ done, total, ms: told - startedAt }))
    },
    /** That it is over. */
    end() {
      if (!isTerminal && !isVerbose) return
      const seconds = Math.max(now() - startedAt, 1) / 1000
      draw(`${counted(last)} in ${seconds.toFixed(1)} s (${counted(last / seconds)}/s)`)
      if (isTerminal) out.write('\n')
    },
  }
}

function describe({ done, total, ms }: { done: number; total: number | null; ms: number }): string {
  const perMs = done / Math.max(ms, 1)
  const rate = `${counted(perMs * 1000)}/s`
  if (total === null || total < done) return `${counted(done)}  ${rate}`
  const left = perMs > 0 ? `  ${duration((total - done) / perMs)} left` : ''
  return `${counted(done)} of ${counted(total)} (${total === 0 ? 100 : Math.floor((done / total) * 100)}%)  ${rate}${left}`
}

const counted = (n: number) => Math.round(n).toLocaleString('en-US')

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
