import type { ImportRow } from './store.ts'

const BAR_CHARS = 24
const PLAIN_MS = 5000

interface Target {
  isTTY?: boolean
  write: (text: string) => unknown
}

type Progress = Pick<ImportRow, 'state' | 'read' | 'position' | 'total'>

/**
 * Shows how far an import is: on a terminal one line that is written over and over, with rate and what is left of the time; elsewhere
 * a plain line now and then.
 */
export function createProgressLine(target: Target, now: () => number = () => performance.now()) {
  const begunAt = now()
  let writtenAt = begunAt
  let shown = ''
  let first: { at: number; position: number } | undefined

  const textOf = ({ read, position, total }: Progress): string => {
    if (total === null) return `reading: ${number(read)} records, ${number(rate(read, begunAt))}/s`
    first ??= { at: now(), position }
    const perSecond = rate(position - first.position, first.at)
    const part = total === 0 ? 1 : position / total
    const left = perSecond > 0 ? `, ${clock((total - position) / perSecond)} left` : ''
    const bar = target.isTTY ? `[${'#'.repeat(Math.round(part * BAR_CHARS)).padEnd(BAR_CHARS)}] ` : ''
    return `${bar}${Math.floor(part * 100)} %, ${number(position)} of ${number(total)} comments, ${number(perSecond)}/s${left}`
  }
  const rate = (count: number, since: number) => Math.round(count / Math.max(0.001, (now() - since) / 1000))

  return {
    show(progress: Progress) {
      const text = textOf(progress)
      if (text === shown) return
      if (target.isTTY) target.write(`\r${text.padEnd(shown.length)}`)
      else {
        const isLast = progress.state === 'done' || progress.state === 'failed'
        if (!isLast && now() - writtenAt < PLAIN_MS) return
        writtenAt = now()
        target.write(`${text}\n`)
      }
      shown = text
    },
    /** Leaves the terminal's cursor on a line of its own. */
    end() {
      if (target.isTTY && shown !== '') target.write('\n')
    },
  }
}

const number = (value: number) => value.toLocaleString('en')

/** Seconds as `1:05` or `2:03:04`. */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(String)
  const [hours = '0', minutes = '0', rest = '0'] = parts
  return hours === '0' ? `${minutes}:${rest.padStart(2, '0')}` : `${hours}:${minutes.padStart(2, '0')}:${rest.padStart(2, '0')}`
}
