import type { NodemailerError } from 'nodemailer'
import type { Clock } from '../clock.ts'
import type { Signing } from './dkim.ts'
import { type Mailer, MailRefused } from './mailer.ts'
import { readSender, toMessage } from './message.ts'

/** How long a server may take, in milliseconds. */
export interface SmtpPatience {
  /** For a connection, for its greeting, and for each answer. */
  answerMs: number
  /** For a whole mail, so that a server that trickles its answers holds nothing up. */
  mailMs: number
}

/** Mails sent side by side; each has a connection of its own. */
export const SMTP_CONNECTIONS = 5

/**
 * Sends through the SMTP server named by the URL (`smtp://user:password@host:587`, `smtps://` for TLS from the start), over
 * connections that are kept open between mails. STARTTLS is used where it is offered; a server with a certificate of its own making
 * needs `?tls.rejectUnauthorized=false`.
 *
 * A mail is refused for good when the server answers 5xx to its recipient or its content. Whatever is said to the connection, the
 * sign-in or the sender is about our side, which an operator can put right: the mail may be tried again.
 */
export function smtpMailer({
  url,
  from,
  clock,
  signing,
  patience = { answerMs: 10_000, mailMs: 45_000 },
}: {
  url: string
  from: string
  clock: Clock
  /** Every mail is signed so; none when absent. */
  signing?: Signing
  patience?: SmtpPatience
}): Mailer {
  const sender = readSender(from)
  const open = async () => {
    const { createTransport } = await import('nodemailer') // only now: a start sends nothing
    return createTransport({
      url,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      maxRequeues: 1, // for an idle connection that the server has closed meanwhile; later tries are the outbox's
      connectionTimeout: patience.answerMs,
      greetingTimeout: patience.answerMs,
      socketTimeout: patience.answerMs,
      dnsTimeout: patience.answerMs,
      socketCloseTimeout: 1000,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(signing && { dkim: signing }),
    })
  }
  let opened: ReturnType<typeof open> | undefined
  const transport = () => (opened ??= open())
  return {
    send: async (mail) => {
      const message = toMessage({ mail, sender, at: clock() })
      try {
        const { response } = await (await transport()).sendMail({ ...message, signal: AbortSignal.timeout(patience.mailMs) })
        return { response }
      } catch (error) {
        throw isRefusal(error as NodemailerError) ? new MailRefused((error as NodemailerError).response) : error
      }
    },
    verify: async () => {
      await (await transport()).verify()
    },
    close: async () => (await opened)?.close({ force: true }),
  }
}

const AUTHENTICATION_REQUIRED = 530

function isRefusal({ permanent, code, command, responseCode }: NodemailerError): boolean {
  const aboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  return aboutTheMail && permanent === true && command !== 'MAIL FROM' && responseCode !== AUTHENTICATION_REQUIRED
}
