import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { readSigning } from './dkim.ts'
import { fileMailer } from './files.ts'
import type { Mailer } from './mailer.ts'
import { mailDomain } from './message.ts'
import { smtpMailer } from './smtp.ts'

/** Where mails are written when no mail server is set. */
export const mailFolder = (dataDir: string) => join(dataDir, 'mail')

/**
 * The mailer that the configuration asks for: the server at `SMTP_URL`, else files in the data folder, which nobody signs.
 * @throws ConfigError when `MAIL_FROM` is not one address, or mails cannot be signed as the `DKIM_` variables ask
 */
export function createMailer({
  config,
  clock,
}: {
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir' | 'dkim'>
  clock: Clock
}): Mailer {
  const { smtpUrl, mailFrom, dataDir, dkim } = config
  const signing = readSigning({ ...dkim, senderDomain: mailDomain(mailFrom) })
  if (smtpUrl) return smtpMailer({ url: smtpUrl, from: mailFrom, clock, ...(signing && { signing }) })
  return fileMailer({ dir: mailFolder(dataDir), from: mailFrom, clock })
}
