import { get, type IncomingHttpHeaders } from 'node:http'
import { afterEach } from '@jest/globals'
import { ARTICLE, type TestApp } from '../support/app.ts'
import { eventually } from './hot.ts'

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

export interface Listening {
  status: number
  headers: IncomingHttpHeaders
  /** Everything that came so far. */
  text: () => string
  /** The versions told so far. */
  versions: () => number[]
  /** Resolves when exactly these versions were told. */
  told: (versions: number[]) => Promise<unknown>
  hasEnded: () => boolean
  leave: () => void
}

/** Listens to an article's events over a connection of its own, as a browser does; resolves with the headers. */
export function listen(
  app: Pick<TestApp, 'url'>,
  { url = ARTICLE, headers = {} }: { url?: string; headers?: Record<string, string> } = {},
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const address = `${app.url}/api/v1/sites/default/events?url=${encodeURIComponent(url)}`
    const request = get(address, { agent: false, headers }, (answer) => {
      let text = ''
      let hasEnded = false
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => (hasEnded = true)).on('error', () => undefined)
      const versions = () => Array.from(text.matchAll(/^event: change\nid: (\d+)\ndata: \{"version":\1\}\n\n/gm), ([, id]) => Number(id))
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text: () => text,
        versions,
        told: (wished) =>
          eventually(
            async () => versions(),
            (seen) => seen.length === wished.length && seen.every((version, index) => version === wished[index]),
          ),
        hasEnded: () => hasEnded,
        leave: () => request.destroy(),
      })
    })
    opened.push(() => request.destroy())
    request.on('error', reject)
  })
}
