import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { fileMailer } from './files.ts'
import type { Mailer } from './mailer.ts'
import { smtpMailer } from './smtp.ts'

/** Where mails are written when no mail server is set. */
export const mailFolder = (dataDir: string) => join(dataDir, 'mail')

/**
 * The mailer that the configuration asks for: the server at `SMTP_URL`, else files in the data folder.
 * @throws ConfigError when `MAIL_FROM` is not one address
 */
export function createMailer({ config, clock }: { config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>; clock: Clock }): Mailer {
  const { smtpUrl, mailFrom, dataDir } = config
  if (smtpUrl) return smtpMailer({ url: smtpUrl, from: mailFrom, clock })
  return fileMailer({ dir: mailFolder(dataDir), from: mailFrom, clock })
}
