import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../config.ts'

/** How mails are signed (RFC 6376), as nodemailer takes it. */
export interface Signing {
  domainName: string
  keySelector: string
  /** PEM */
  privateKey: string
  headerFieldNames: string
}

/** What verifiers accept (RFC 8301, section 3.2). */
const SHORTEST_BITS = 1024
/**
 * nodemailer's own choice (RFC 6376, section 5.4.1), and with it the fields that have to be signed so that mail programs offer
 * unsubscribing by one click (RFC 8058, section 4), and the one that keeps absence notices away.
 */
const SIGNED_FIELDS =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:In-Reply-To:References:Auto-Submitted:' +
  'MIME-Version:Content-Type:Content-Transfer-Encoding:List-Id:List-Unsubscribe:List-Unsubscribe-Post:List-Help'

/**
 * Reads how mails are signed: `DKIM_SELECTOR` and `DKIM_PRIVATE_KEY`, the RSA key itself (PEM, also with `\n` for its line ends) or
 * the path of its file; `DKIM_DOMAIN` is the sender's domain unless it is said.
 *
 * @returns undefined when nothing of it is set
 * @throws ConfigError naming the variable that is missing or wrong; never with a part of the key
 */
export function readSigning({
  domain,
  selector,
  privateKey,
  senderDomain,
}: {
  domain: string | undefined
  selector: string | undefined
  privateKey: string | undefined
  senderDomain: string
}): Signing | undefined {
  if (domain === undefined && selector === undefined && privateKey === undefined) return undefined
  if (selector === undefined) throw new ConfigError('DKIM_SELECTOR must be set as well: the name under which DNS has the public key')
  if (privateKey === undefined) throw new ConfigError('DKIM_PRIVATE_KEY must be set as well: an RSA key (PEM), or the path of its file')
  const domainName = domain ?? senderDomain
  if (!DOMAIN.test(domainName)) throw new ConfigError('DKIM_DOMAIN must be a domain, such as news.example')
  if (!DOMAIN.test(selector)) throw new ConfigError('DKIM_SELECTOR must be a name of letters, digits and dashes, such as balas2026')
  const pem = readPem(privateKey)
  const key = readKey(pem)
  if (key.asymmetricKeyType !== 'rsa') throw new ConfigError('DKIM_PRIVATE_KEY must be an RSA key: what we sign with is rsa-sha256')
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_BITS)
    throw new ConfigError('DKIM_PRIVATE_KEY is too short: receivers ignore RSA keys below 1024 bits; make one of 2048')
  return { domainName, keySelector: selector, privateKey: pem, headerFieldNames: SIGNED_FIELDS }
}

const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i

function readPem(value: string): string {
  if (value.includes('-----BEGIN')) return value.replaceAll('\\n', '\n')
  try {
    return readFileSync(value, 'utf8')
  } catch (error) {
    throw new ConfigError(
      `DKIM_PRIVATE_KEY is neither a key (PEM) nor a file that can be read (${String((error as { code?: unknown }).code)})`,
    )
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new ConfigError('DKIM_PRIVATE_KEY is not a private key in PEM form without a passphrase')
  }
}
