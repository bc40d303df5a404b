import { EventEmitter, on } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as the server was given it, whether or not it took it. */
export interface ReceivedMail extends ParsedMail {
  envelope: { from: string; to: string[] }
  raw: string
}

/** Where the server may answer something else than yes. */
export type Moment = { at: 'connect' } | { at: 'sender' } | { at: 'recipient'; recipient: string } | { at: 'data'; mail: ReceivedMail }

/** Yes, an SMTP code with a text, no answer at all, the end of the connection without a word, or a yes that never arrives. */
export type Reply = 'take' | { code: number; text: string } | 'hang' | 'drop' | 'swallow'

/**
 * A real SMTP server on a port from the kernel, which keeps the mails that it took.
 *
 * @example const mailbox = await startMailbox(); …; const [mail] = await mailbox.waitForMail(1); expect(mail.subject)…
 */
export async function startMailbox() {
  const mails: ReceivedMail[] = []
  const sockets = new Map<number, Socket>()
  const events = new EventEmitter()
  let answerTo: (moment: Moment) => Reply = () => 'take'

  const respond = (moment: Moment, port: number, callback: (error?: Error | null) => void) => {
    const reply = answerTo(moment)
    if (reply === 'hang') return
    if (reply === 'drop') return void sockets.get(port)?.destroy()
    if (typeof reply === 'object') return callback(Object.assign(new Error(reply.text), { responseCode: reply.code }))
    if (moment.at === 'data') {
      mails.push(moment.mail)
      events.emit('mail')
    }
    return reply === 'swallow' ? undefined : callback()
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 50,
    onConnect: ({ remotePort }, callback) => respond({ at: 'connect' }, remotePort, callback),
    onMailFrom: (_address, { remotePort }, callback) => respond({ at: 'sender' }, remotePort, callback),
    onRcptTo: ({ address }, { remotePort }, callback) => respond({ at: 'recipient', recipient: address }, remotePort, callback),
    onData: (stream, { envelope, remotePort }, callback) => {
      receive(stream, envelope).then((mail) => respond({ at: 'data', mail }, remotePort, callback), callback)
    },
  })
  server.on('error', () => undefined) // clients that go away are part of the tests
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.on('close', () => sockets.delete(port))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    /** What was taken so far, oldest first. */
    mails,
    /** Resolves with all mails as soon as there are so many; rejects after some seconds. */
    waitForMail: async (count: number, withinMs = 10_000): Promise<ReceivedMail[]> => {
      const arrivals = on(events, 'mail', { signal: AbortSignal.timeout(withinMs) })
      try {
        while (mails.length < count) await arrivals.next()
        await arrivals.return?.()
        return mails
      } catch (error) {
        throw new Error(`${mails.length} of ${count} mails came within ${withinMs} ms`, { cause: error })
      }
    },
    /** Decides what the server says from now on. */
    answer: (fn: (moment: Moment) => Reply) => {
      answerTo = fn
    },
    stop: async () => {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

export type Mailbox = Awaited<ReturnType<typeof startMailbox>>

async function receive(
  stream: NodeJS.ReadableStream,
  envelope: { mailFrom: { address: string } | false; rcptTo: { address: string }[] },
): Promise<ReceivedMail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  const raw = Buffer.concat(chunks)
  const parsed = await simpleParser(raw)
  const from = envelope.mailFrom ? envelope.mailFrom.address : ''
  return { ...parsed, envelope: { from, to: envelope.rcptTo.map(({ address }) => address) }, raw: raw.toString('utf8') }
}
