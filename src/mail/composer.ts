import type { Clock } from '../clock.ts'
import type { Mail } from './mailer.ts'
import { readSender, toMessage } from './message.ts'

/**
 * Writes mails whole, with every header, as they stand in an `.eml` file: lines end with LF, and nobody signs them.
 * @throws ConfigError when the sender is not one address
 */
export function createComposer({ from, clock }: { from: string; clock: Clock }) {
  const sender = readSender(from)
  const open = async () => {
    const { createTransport } = await import('nodemailer') // only now: a start sends nothing
    return createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  }
  let transport: ReturnType<typeof open> | undefined
  return {
    /** @throws MailRefused when the recipient or a header cannot be */
    compose: async (mail: Mail): Promise<Buffer> => {
      transport ??= open()
      const { message } = await (await transport).sendMail(toMessage({ mail, sender, at: clock() }))
      if (!Buffer.isBuffer(message)) throw new Error('the mail was not composed as a whole')
      return message
    },
    close: async () => (await transport)?.close(),
  }
}
