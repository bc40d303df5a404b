import { createTransport } from 'nodemailer'
import type { Clock } from '../clock.ts'
import type { Mail } from './mailer.ts'
import { readSender, toMessage } from './message.ts'

/**
 * Writes mails whole, with every header, as they stand in an `.eml` file: lines end with LF, and nobody signs them.
 * @throws ConfigError when the sender is not one address
 */
export function createComposer({ from, clock }: { from: string; clock: Clock }) {
  const sender = readSender(from)
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    /** @throws MailRefused when the recipient or a header cannot be */
    compose: async (mail: Mail): Promise<Buffer> => {
      const { message } = await transport.sendMail(toMessage({ mail, sender, at: clock() }))
      if (!Buffer.isBuffer(message)) throw new Error('the mail was not composed as a whole')
      return message
    },
    close: () => transport.close(),
  }
}
