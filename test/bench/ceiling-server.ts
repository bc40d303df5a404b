import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** A process of its own that writes the same bytes to whoever asks, as fast as `node:http` does. */
const body = readFileSync(process.argv[2] ?? '')
const server = createServer((_req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
  res.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`ready: http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}\n`)
})
process.on('SIGTERM', () => process.exit(0))
