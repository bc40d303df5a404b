import autocannon, { type Options, type Result } from 'autocannon'

export interface Figures {
  perSecond: number
  p50: number
  p99: number
  errors: number
}

/** Sends requests over some connections for some seconds and gives the figures; milliseconds for the percentiles. */
export async function load(options: Options): Promise<Figures & { result: Result }> {
  const result = await autocannon({ connections: 16, duration: 8, ...options })
  const good = result['2xx'] + (result as unknown as { '3xx': number })['3xx']
  return {
    perSecond: good / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result['4xx'] + result['5xx'],
    result,
  }
}

export const line = (name: string, { perSecond, p50, p99, errors }: Figures, more = '') =>
  console.log(
    `${name.padEnd(44)} ${Math.round(perSecond).toString().padStart(7)}/s   p50 ${p50} ms   p99 ${p99} ms   errors ${errors}${more && `   ${more}`}`,
  )

export const ratio = (value: number, ceiling: number) => (value / ceiling).toFixed(2)
