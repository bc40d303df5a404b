import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The keys that the server's secret gives, one for each purpose, so that no use of one tells anything about another. */
export interface Keys {
  /** Encrypts e-mail and IP addresses and whatever else only the server may read. */
  seal: KeyObject
  /** Makes blind indexes: the same address gives the same index, and only the server can tell which. */
  index: KeyObject
  /** Signs edit tokens, mail links and cookies. */
  sign: KeyObject
  /** Given to better-auth for its session cookies. */
  sessions: string
  /** Names the secret in what it sealed. */
  id: string
}

/** Derives the keys from the secret (HKDF-SHA256, RFC 5869). */
export function deriveKeys(secret: string): Keys {
  const derive = (purpose: string, length = 32) => Buffer.from(hkdfSync('sha256', secret, 'balas', purpose, length))
  return {
    seal: createSecretKey(derive('seal')),
    index: createSecretKey(derive('index')),
    sign: createSecretKey(derive('sign')),
    sessions: derive('sessions').toString('base64url'),
    id: derive('id', 3).toString('hex'),
  }
}

export const secretFile = (dataDir: string) => join(dataDir, 'secret')

/**
 * The secret kept in the data folder, made when there is none. Of several processes that start at once only one makes it
 * (O_EXCL); the others read that one's.
 */
export async function loadOrCreateSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = secretFile(dataDir)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      const secret = randomBytes(32).toString('base64url')
      await file.writeFile(`${secret}\n`)
      await file.sync()
      return secret
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const secret = (await readFile(path, 'utf8')).trim()
    if (secret.length < 16)
      throw new Error(`${path} holds no secret; restore it from a backup, or remove it if the database is new`, { cause: error })
    return secret
  }
}
