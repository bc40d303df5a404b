import { SMTPServer } from 'smtp-server'

/**
 * A process of its own that takes every mail and says on its output how many it took (`taken: 100`) and which Message-IDs came twice
 * (`twice: <...>`); with the argument `hang` it lets everybody connect and never says a word.
 */
const hangs = process.argv[2] === 'hang'
const seen = new Set<string>()
let taken = 0
let reported = 0

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onConnect: (_session, callback) => {
    if (!hangs) callback()
  },
  onData: (stream, _session, callback) => {
    let head = ''
    stream.on('data', (chunk: Buffer) => {
      if (head.length < 8000) head += chunk.toString('latin1')
    })
    stream.on('end', () => {
      const id = /^Message-I[Dd]: *(<[^>]+>)/m.exec(head)?.[1] ?? ''
      if (seen.has(id)) process.stdout.write(`twice: ${id}\n`)
      seen.add(id)
      taken++
      callback()
    })
  },
})
server.on('error', () => undefined) // clients may go away
setInterval(() => {
  if (taken !== reported) process.stdout.write(`taken: ${taken}\n`)
  reported = taken
}, 20)
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address()
  process.stdout.write(`ready: smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}\n`)
})
process.on('SIGTERM', () => process.exit(0))
