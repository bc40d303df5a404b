import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface StoredMessage {
  source: string
  flags: Set<string>
}

/**
 * As much of an IMAP server (RFC 3501) on a real socket as reading one mailbox takes: signing in, SELECT, SEARCH UNSEEN, FETCH and
 * STORE by UID. It keeps flags between connections, and writes down the commands.
 */
export async function startImap({ user = 'balas', password = 'rahasia' } = {}) {
  const messages: StoredMessage[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  let isDown = false

  const answer = (line: string): string => {
    const [tag = '', command = '', ...rest] = line.split(' ')
    const name = (command.toUpperCase() === 'UID' ? (rest.shift() ?? '') : command).toUpperCase()
    commands.push(line.replace(/^\S+ /, '').replaceAll(password, '***'))
    const ok = (...untagged: string[]) => [...untagged, `${tag} OK done`, ''].join('\r\n')
    if (name === 'CAPABILITY') return ok('* CAPABILITY IMAP4rev1')
    if (name === 'LOGIN') return rest.join(' ').replaceAll('"', '') === `${user} ${password}` ? ok() : `${tag} NO wrong\r\n`
    if (name === 'LIST' || name === 'LSUB') return ok(`* ${name} (\\HasNoChildren) "/" INBOX`)
    if (name === 'SELECT') return ok('* FLAGS (\\Seen)', `* ${messages.length} EXISTS`, '* OK [UIDVALIDITY 7] valid')
    if (name === 'LOGOUT') return ok('* BYE')
    if (name === 'SEARCH')
      return ok(`* SEARCH ${messages.flatMap(({ flags }, index) => (flags.has('\\Seen') ? [] : [index + 1])).join(' ')}`.trimEnd())
    const index = Number(rest[0]) - 1
    const message = messages[index]
    if (!message) return ok()
    if (name === 'STORE') message.flags.add('\\Seen')
    const source = Buffer.from(message.source)
    return name === 'FETCH'
      ? ok(`* ${index + 1} FETCH (UID ${index + 1} BODY[]<0> {${source.length}}\r\n${source.toString('latin1')})`)
      : ok(`* ${index + 1} FETCH (UID ${index + 1} FLAGS (\\Seen))`)
  }

  const server = createServer((socket) => {
    if (isDown) return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined) // clients may go away
    socket.write('* OK ready\r\n')
    let waiting = ''
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1')
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end)
        waiting = waiting.slice(end + 2)
        socket.write(answer(line), 'latin1')
        if (/ LOGOUT$/i.test(line)) socket.end()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `imap://${user}:${password}@127.0.0.1:${port}`,
    messages,
    commands,
    deliver: (source: string) => void messages.push({ source, flags: new Set() }),
    /** From now on it hangs up on everybody, or no more. */
    setDown: (down: boolean) => {
      isDown = down
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
