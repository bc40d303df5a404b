import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
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
 * The secret kept in the data folder, made when there is none. It is written whole beside its place and then linked there, which
 * only one of several processes that start at once can do; the others read that one's.
 */
export async function loadOrCreateSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = secretFile(dataDir)
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (kept === null) {
    await placeOnce({ path, text: `${randomBytes(32).toString('base64url')}\n` })
    return loadOrCreateSecret(dataDir)
  }
  const secret = kept.trim()
  if (secret.length < 16) {
    throw new Error(`${path} holds no secret; restore it from a backup, or remove it if the database is new`)
  }
  return secret
}

async function placeOnce({ path, text }: { path: string; text: string }): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error // another process was faster: its secret counts
    })
  } finally {
    await file.close()
    await rm(draft)
  }
}
