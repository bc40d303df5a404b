import type { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'

/** How often the mailbox is looked into. */
const EVERY_MS = 60_000
const ANSWER_MS = 20_000
/** A bounce is small, even with the whole mail in it; of a longer one the rest is not asked for. */
const LONGEST_BYTES = 1_000_000

/** Reads what comes into a mailbox. An outage of it only logs. */
export interface Inbox {
  start: () => void
  /** Looks into it once; rejects when it cannot. */
  look: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * The mailbox at `imap://user:password@host:143/Folder` or `imaps://...`; the folder is INBOX when absent. STARTTLS is used where it is
 * offered; a server with a certificate of its own making needs `?tls.rejectUnauthorized=false`.
 *
 * Every unread message is handed to `take` once while this runs. One that was of use is marked as read, so that no other process and no
 * later start takes it again; the others stay as they are, for whoever reads the mailbox.
 */
export function createInbox({
  url,
  take,
  log,
}: {
  url: string
  /** Says whether it was of use; when it throws, the message is taken again at the next look. */
  take: (source: Buffer) => Promise<boolean>
  log: Logger
}): Inbox {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url)
  const secure = protocol === 'imaps:'
  const folder = decodeURIComponent(pathname.slice(1)) || 'INBOX'
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let troubled = false
  /** Messages up to here were seen by this process; another validity means other numbers (RFC 9051, section 2.3.1.1). */
  let seen = { validity: '', uid: 0 }

  const open = async () => {
    const { ImapFlow } = await import('imapflow') // large, and most servers have no mailbox
    return new ImapFlow({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 993 : 143),
      secure,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      tls: { rejectUnauthorized: searchParams.get('tls.rejectUnauthorized') !== 'false' },
      logger: false,
      connectionTimeout: ANSWER_MS,
      greetingTimeout: ANSWER_MS,
      socketTimeout: 3 * ANSWER_MS,
    })
  }

  async function look(): Promise<void> {
    const client = await open()
    client.on('error', () => undefined) // whatever waits for an answer rejects
    try {
      await client.connect()
      const { uidValidity } = await client.mailboxOpen(folder)
      if (seen.validity !== String(uidValidity)) seen = { validity: String(uidValidity), uid: 0 }
      const unread = (await client.search({ seen: false }, { uid: true })) || []
      for (const uid of unread.toSorted((a, b) => a - b)) if (uid > seen.uid) await read(client, uid)
      await client.logout()
    } finally {
      client.close()
    }
  }

  async function read(client: ImapFlow, uid: number) {
    const message = await client.fetchOne(String(uid), { source: { maxLength: LONGEST_BYTES } }, { uid: true })
    const isOfUse = message !== false && message.source !== undefined && (await take(message.source))
    if (isOfUse) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    seen.uid = uid
  }

  async function tick() {
    try {
      await look()
      if (troubled) log.info('the mailbox for bounces is read again')
      troubled = false
    } catch (error) {
      if (!troubled) log.warn({ err: error }, 'the mailbox for bounces cannot be read; trying again')
      troubled = true
    }
    looking = undefined
  }

  return {
    look,
    start: () => {
      const begin = () => {
        looking ??= tick()
      }
      timer ??= setInterval(begin, EVERY_MS).unref()
      begin()
    },
    stop: async () => {
      clearInterval(timer)
      timer = undefined
      await looking
    },
  }
}
