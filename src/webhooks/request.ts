import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { parseUrl } from '../parse-url.ts'

/** What a receiver answered. */
export interface HookAnswer {
  status: number
  /** The beginning of its text, for the ledger. */
  text: string
  /** Seconds that it asked to be left alone for. */
  retryAfter: number | null
}

/** Calls that are never made, or whose answer will not change; the message says why. */
export class HookRefused extends Error {}

export type CallHook = ReturnType<typeof createCalls>['call']

const CALL_MS = 10_000
const ANSWER_BYTES = 2000

/**
 * Calls that only go to public addresses: the name is looked up once, what it gives is checked, and that very address is connected
 * to, so that neither a name nor a second look-up leads into the operator's own network. Redirects are not followed. A receiver
 * has ten seconds in all, and no more of its answer is read than the ledger shows.
 *
 * @param allowed addresses or networks (CIDR) of the operator's own that may be called all the same
 */
export function createCalls({ allowed, callMs = CALL_MS }: { allowed: string[]; callMs?: number }) {
  const options = { allowIPAddressList: allowed, keepAlive: false }
  const agents = { http: new RequestFilteringHttpAgent(options), https: new RequestFilteringHttpsAgent(options) }

  return {
    /**
     * Posts JSON.
     * @throws HookRefused when the address is not public; any other error may pass with time
     */
    call: ({ url, body, headers }: { url: string; body: string; headers: Record<string, string> }): Promise<HookAnswer> => {
      const target = parseUrl(url)
      if (!target) return Promise.reject(new HookRefused('the address cannot be read'))
      const isSecure = target.protocol === 'https:'
      return new Promise((resolve, reject) => {
        const request = (isSecure ? requestHttps : requestHttp)(target, {
          method: 'POST',
          agent: isSecure ? agents.https : agents.http,
          headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'Balas' },
        })
        const tooLong = setTimeout(() => request.destroy(new Error('no answer within ten seconds')), callMs)
        request.on('close', () => clearTimeout(tooLong))
        request.on('error', (error) => reject(isForbidden(error) ? new HookRefused('the address is not a public one') : error))
        request.on('response', (response) => {
          let text = ''
          const done = () => resolve({ status: response.statusCode ?? 0, text, retryAfter: secondsOf(response.headers['retry-after']) })
          response.setEncoding('utf8')
          response.on('data', (part: string) => {
            text += part
            if (text.length < ANSWER_BYTES) return
            text = text.slice(0, ANSWER_BYTES)
            done()
            request.destroy()
          })
          response.on('end', done)
          response.on('error', reject)
        })
        request.end(body)
      })
    },
  }
}

/** The agent tells by its message alone that it refused an address. */
const isForbidden = ({ message }: Error) => /is not allowed\. Because/.test(message)

const secondsOf = (header: string | undefined) => (header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : null)
