/** One mail to one person. Who sends it belongs to the mailer. */
export interface Mail {
  /** One address and nothing else, as in `budi@example.org`. */
  to: string
  subject: string
  text: string
  html: string
  /** With its angle brackets, and the same at every try, so that a mail sent twice can be told (RFC 5322, section 3.6.4). */
  messageId: string
  /** Further headers, for instance `List-Id`. */
  headers?: Record<string, string>
}

/** Hands mails on. An answer means that somebody else is now responsible for the mail. */
export interface Mailer {
  /**
   * @returns what the other side answered
   * @throws MailRefused when it would be refused again; any other error may pass with time
   */
  send: (mail: Mail) => Promise<{ response: string }>
  /** Tries whether mails could be sent, without sending one. Rejects with the reason. */
  verify?: () => Promise<void>
  /** Ends every connection, also those with a mail under way. */
  close: () => Promise<void>
}

/** This mail to this address will never be taken; the message is the server's answer, or what is wrong with the mail. */
export class MailRefused extends Error {}
