import type { SendMailOptions } from 'nodemailer'
import { ConfigError } from '../config.ts'
import { type Mail, MailRefused } from './mailer.ts'

/** Whom mails come from. */
export interface Sender {
  name: string
  address: string
}

/**
 * Reads `MAIL_FROM`: an address, or a name and an address as in `Balas <balas@example.org>`.
 * @throws ConfigError when it is not exactly one address
 */
export function readSender(from: string): Sender {
  const [, name = '', bracketed, bare] = SENDER.exec(from.trim()) ?? []
  const address = bracketed ?? bare ?? ''
  if (!isAddress(address) || CONTROL.test(from)) throw new ConfigError('MAIL_FROM must be one address, such as Balas <balas@example.org>')
  return { name, address }
}

/** The domain of the sender's address, which Message-IDs and list names of our mails end with. */
export const mailDomain = (from: string) => readSender(from).address.replace(/^.*@/, '').toLowerCase()

/**
 * The mail as nodemailer takes it. nodemailer reads a recipient string as a list (`a@b.c, d@e.f` goes to two people), hence the
 * address object and the explicit envelope; texts never name files or URLs to fetch.
 * @throws MailRefused when the recipient is not exactly one address, or a header holds a line break
 */
export function toMessage({ mail, sender, at }: { mail: Mail; sender: Sender; at: Date }): SendMailOptions {
  const { to, subject, text, html, messageId, headers = {} } = mail
  if (!isAddress(to)) throw new MailRefused('The recipient is not one e-mail address.')
  const values = [subject, messageId, ...Object.entries(headers).flat()]
  if (values.some((value) => CONTROL.test(value))) throw new MailRefused('A header of the mail holds a line break or control character.')
  if (!MESSAGE_ID.test(messageId)) throw new MailRefused('The mail has no usable Message-ID.')
  return {
    from: sender,
    to: { name: '', address: to },
    envelope: { from: sender.address, to: [to] },
    date: at,
    subject,
    text,
    html,
    messageId,
    headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Whether this is one addr-spec (RFC 5321, section 4.1.2) of the kind that people have: no quoted local part, no address literal. */
export function isAddress(value: string): boolean {
  const [local = '', domain = '', ...rest] = value.split('@')
  if (rest.length > 0 || Buffer.byteLength(local) > 64 || Buffer.byteLength(value) > 254) return false
  return ATOMS.test(local) && LABELS.test(domain)
}

const ATOMS = /^[^\s\p{C}.@()<>[\]:;,"\\]+(?:\.[^\s\p{C}.@()<>[\]:;,"\\]+)*$/u
const LABELS =
  /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*$/u
const SENDER = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+))$/
const MESSAGE_ID = /^<[^\s<>@]+@[^\s<>@]+>$/
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u
