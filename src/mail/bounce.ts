import type { Attachment } from 'mailparser'

/** What a mail server says of one recipient of a mail that it could not deliver, or not yet (RFC 3464, section 2.3). */
export interface BouncedRecipient {
  /** As the server knows it, and as we wrote it where it says so. In lower case. */
  addresses: string[]
  action: 'failed' | 'delayed'
  /** RFC 3463: 5.1.1 and the like; 4 stands first for what may pass. */
  status: string
  /** What the server said, or the status. */
  reason: string
}

export interface Bounce {
  /** With angle brackets; those of the mails that it may be about. */
  messageIds: string[]
  recipients: BouncedRecipient[]
}

/**
 * Reads a delivery status notification: RFC 3464's, as Postfix, Exchange, Gmail and newer versions of Exim write it, or older ones of
 * Exim, which name the recipient in `X-Failed-Recipients`.
 *
 * @returns null for any other mail, and for a report of success
 */
export async function readBounce(source: Buffer): Promise<Bounce | null> {
  const { simpleParser } = await import('mailparser') // large, and most servers never read a mail
  const mail = await simpleParser(source, { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true })
  const status = mail.attachments.find(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType))
  const failed = mail.headers.get('x-failed-recipients')
  const recipients = status ? recipientsOf(textOf(status)) : typeof failed === 'string' ? failed.split(',').map(eximRecipient) : []
  if (recipients.length === 0) return null
  const told = messageIdsIn(source.toString('utf8').replace(/^[\s\S]*?\r?\n\r?\n/, '')) // the original, or its headers, follow as they were
  const answered = [mail.inReplyTo ?? '', ...[mail.references ?? []].flat()].flatMap((field) => field.match(MESSAGE_ID) ?? [])
  return { messageIds: [...new Set([...told, ...answered])], recipients }
}

const MESSAGE_ID = /<[^\s<>@]+@[^\s<>@]+>/g

const textOf = ({ content }: Attachment) => content.toString('utf8')

const messageIdsIn = (text: string) =>
  [...unfold(text).matchAll(/^Message-ID:\s*(<[^\s<>]+>)/gim)].flatMap(([, id]) => (id === undefined ? [] : [id]))

const unfold = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ')

/** Groups of fields between empty lines; the first is about the whole message. */
function recipientsOf(text: string): BouncedRecipient[] {
  return unfold(text)
    .split(/\n\s*\n/)
    .flatMap((group) => {
      const fields = new Map(group.split('\n').map((line) => [nameOf(line), line.slice(line.indexOf(':') + 1).trim()]))
      const action = fields.get('action')?.toLowerCase()
      const addresses = ['final-recipient', 'original-recipient'].flatMap((name) => addressIn(fields.get(name)))
      if (addresses.length === 0 || (action !== 'failed' && action !== 'delayed')) return []
      const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? (action === 'failed' ? '5.0.0' : '4.0.0')
      const reason = fields.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, '') ?? ''
      return [{ addresses, action, status, reason: reason || status } satisfies BouncedRecipient]
    })
}

const nameOf = (line: string) =>
  line
    .slice(0, Math.max(0, line.indexOf(':')))
    .trim()
    .toLowerCase()

/** `rfc822; budi@example.org` */
const addressIn = (field: string | undefined) => {
  const address = field
    ?.replace(/^[\w-]+;/, '')
    .replace(/[<>\s]/g, '')
    .toLowerCase()
  return address?.includes('@') ? [address] : []
}

const eximRecipient = (address: string): BouncedRecipient => ({
  addresses: [address.trim().toLowerCase()],
  action: 'failed',
  status: '5.0.0',
  reason: 'the mail server gave it back',
})
