import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { afterEach } from '@jest/globals'

/** A call as it came in. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

type Respond = (res: ServerResponse, call: Received, nth: number) => void

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** A real HTTP server on a port from the kernel that keeps what it is sent; closed after the test. It answers 200 unless told otherwise. */
export async function startReceiver(respond: Respond = (res) => res.end('ok')) {
  const calls: Received[] = []
  let connections = 0
  const server = createServer((req, res) => {
    let body = ''
    req.setEncoding('utf8')
    req.on('data', (part: string) => (body += part))
    req.on('end', () => {
      const call = { path: req.url ?? '', headers: req.headers, body }
      calls.push(call)
      respond(res, call, calls.length)
    })
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${port}/hook`, port, calls, connections: () => connections }
}
