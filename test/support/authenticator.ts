import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** Of authenticator data (Web Authentication Level 3, section 6.1). */
const FLAG = { present: 1, verified: 4, mayBeSynced: 8, synced: 16, attested: 64 }

/** What the server asks for; the challenge is signed as it is. */
export interface Asked {
  challenge?: unknown
  rp?: { id?: string }
  rpId?: string
  user?: { id: string }
}

/** How this answer departs from a right one. */
interface Wrong {
  origin?: string
  rpId?: string
  isVerified?: boolean
  counter?: number
  userHandle?: string
  /** Signs with a key that is not the passkey's. */
  forged?: boolean
}

/**
 * An authenticator in software, with one passkey (ES256), and the browser around it. It answers as real ones do, unless it is told to
 * do something wrong.
 */
export function authenticator({
  origin,
  attestation = 'none',
  synced = false,
}: {
  origin: string
  attestation?: 'none' | 'packed'
  synced?: boolean
}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const credentialId = randomBytes(32)
  let counter = 0
  let owner = ''

  const clientData = (type: string, { challenge }: Asked, wrong: Wrong) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }))

  function authenticatorData(rpId: string, { isVerified = true, counter: told = counter }: Wrong, attested = Buffer.alloc(0)): Buffer {
    const backup = synced ? FLAG.mayBeSynced | FLAG.synced : 0
    const flags = FLAG.present | (isVerified ? FLAG.verified : 0) | backup | (attested.length > 0 ? FLAG.attested : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(told)
    return Buffer.concat([sha256(rpId), Buffer.of(flags), count, attested])
  }

  const shared = () => ({
    id: credentialId.toString('base64url'),
    rawId: credentialId.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    authenticatorAttachment: 'platform',
  })

  return {
    id: credentialId.toString('base64url'),

    /** Makes the passkey: a `RegistrationResponseJSON`. */
    make(asked: Asked, wrong: Wrong = {}) {
      owner = asked.user?.id ?? ''
      const data = clientData('webauthn.create', asked, wrong)
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const key = cbor(
        new Map<unknown, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, key])
      const authData = authenticatorData(wrong.rpId ?? asked.rp?.id ?? '', wrong, attested)
      const signed = sign('sha256', Buffer.concat([authData, sha256(data)]), wrong.forged ? stranger : privateKey)
      const statement =
        attestation === 'packed'
          ? new Map<unknown, unknown>([
              ['alg', -7],
              ['sig', signed],
            ])
          : new Map()
      const attestationObject = cbor(
        new Map<unknown, unknown>([
          ['fmt', attestation],
          ['attStmt', statement],
          ['authData', authData],
        ]),
      )
      return {
        ...shared(),
        response: {
          clientDataJSON: data.toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
      }
    },

    /** Signs in: an `AuthenticationResponseJSON`. */
    answer(asked: Asked, wrong: Wrong = {}) {
      if (!synced && wrong.counter === undefined) counter++
      const data = clientData('webauthn.get', asked, wrong)
      const authData = authenticatorData(wrong.rpId ?? asked.rpId ?? '', wrong)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), wrong.forged ? stranger : privateKey)
      return {
        ...shared(),
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: wrong.userHandle ?? owner,
        },
      }
    },
  }
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()

/** As much of CBOR (RFC 8949) as authenticators need: whole numbers, bytes, texts, maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
  throw new Error('nothing that an authenticator says')
}

function head(type: number, size: number): Buffer {
  if (size < 24) return Buffer.of((type << 5) | size)
  return size < 256 ? Buffer.of((type << 5) | 24, size) : Buffer.of((type << 5) | 25, size >> 8, size & 255)
}
