import type { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { isUniqueViolation } from '../../database/errors.ts'
import { defineError, NotFound, Unauthorized } from '../../errors.ts'
import { newId } from '../../ids.ts'
import type { Keys } from '../../privacy/secret.ts'
import { type Auth, ISSUER } from '../auth.ts'
import { accountOf, passwordOf, userById } from '../store.ts'
import { createChallenges } from './challenges.ts'
import { challengeIn, type NewCredential } from './credential.ts'
import type { RelyingParty } from './relying-party.ts'
import { countPasskeys, credentialsOf, deletePasskey, insertPasskey, passkeysOf, renamePasskey } from './store.ts'
import { webauthn } from './webauthn.ts'

export const NoPasskeysHere = defineError('no-passkeys-here', 409, 'Passkeys need a host with a name, and https')
export const WrongPassword = defineError('wrong-password', 422, 'The password is wrong')
export const PasskeyLate = defineError('passkey-late', 422, 'That took too long, or was sent before')
export const PasskeyRefused = defineError('passkey-refused', 422, 'This passkey cannot be taken')
export const PasskeyKnown = defineError('passkey-known', 409, 'This passkey opens an account already')
export const TooManyPasskeys = defineError('too-many-passkeys', 409, 'Remove a passkey first')

/** More than anybody has devices. */
const MOST = 20
/** ECDSA with P-256, which every authenticator has, and RSA for those of older Windows (COSE's registry, RFC 9053 and 8812). */
const ALGORITHMS = [-7, -257]

export type Passkeys = ReturnType<typeof createPasskeys>

interface Mine {
  userId: string
  id: string
}

/**
 * The passkeys of members. Each opens an account by itself: its device asks for a finger, a face or a PIN, so it is both factors at
 * once. Whoever adds or removes one shows the password first, as for the other second factor; sessions stay as they are.
 */
export function createPasskeys({
  db,
  keys,
  clock,
  auth,
  relyingParty,
}: {
  db: Database
  keys: Keys
  clock: Clock
  auth: Auth
  relyingParty: RelyingParty | null
}) {
  const challenges = createChallenges({ db, keys, clock })

  async function checkPassword({ userId, password }: { userId: string; password: string }): Promise<void> {
    const hash = await passwordOf(db.read, userId)
    const isRight = hash !== null && (await (await auth.$context).password.verify({ hash, password }))
    if (!isRight) throw WrongPassword(undefined, { errors: [{ field: 'password', message: 'is not the present one' }] })
  }

  function party(): RelyingParty {
    if (!relyingParty) throw NoPasskeysHere('PUBLIC_URL has to be an https address with a host name.')
    return relyingParty
  }

  return {
    /** Whose pages can ask for passkeys; null when none can. */
    origin: relyingParty?.origins[0] ?? null,

    list: (userId: string) => passkeysOf(db.read, userId),

    /**
     * What a browser makes a passkey of, for whoever knows the password; an answer to it is taken from the same session, for five minutes.
     * @throws WrongPassword, NoPasskeysHere, TooManyPasskeys
     */
    async begin({ userId, sessionId, password }: { userId: string; sessionId: string; password: string }) {
      const { id } = party()
      await checkPassword({ userId, password })
      const [account, user, known] = await Promise.all([
        accountOf(db.read, userId),
        userById(db.read, userId),
        credentialsOf(db.read, userId),
      ])
      if (!account || !user) throw Unauthorized() // it went between the session's check and now
      if (known.length >= MOST) throw TooManyPasskeys()
      const { generateRegistrationOptions } = await webauthn()
      return generateRegistrationOptions({
        rpName: ISSUER,
        rpID: id,
        userID: new TextEncoder().encode(userId),
        userName: account.email,
        userDisplayName: user.name,
        challenge: challenges.issue({ purpose: 'register', browser: sessionId }),
        timeout: 300_000,
        excludeCredentials: known,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
      })
    },

    /** Keeps the passkey that a browser made. @throws PasskeyLate, PasskeyRefused, PasskeyKnown, TooManyPasskeys */
    async add({
      userId,
      sessionId,
      name,
      credential,
    }: {
      userId: string
      sessionId: string
      name: string
      credential: z.output<typeof NewCredential>
    }) {
      const { id: expectedRPID, origins } = party()
      const challenge = challengeIn(credential)
      if (!(await challenges.use({ purpose: 'register', browser: sessionId, challenge }))) throw PasskeyLate()
      const { verifyRegistrationResponse } = await webauthn()
      const { registrationInfo } = await verifyRegistrationResponse({
        response: credential,
        expectedChallenge: challenge,
        expectedOrigin: origins,
        expectedRPID,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch((error: unknown) => {
        throw PasskeyRefused(undefined, {
          errors: [{ field: 'credential', message: error instanceof Error ? error.message : 'is not valid' }],
        })
      })
      if (!registrationInfo) throw PasskeyRefused()
      const { id: credentialId, publicKey, counter } = registrationInfo.credential
      const { transports } = credential.response
      const createdAt = clock()
      const passkey = { id: newId(createdAt), userId, credentialId, publicKey, counter, transports, name, createdAt }
      try {
        return await db.write(async (tx) => {
          if ((await countPasskeys(tx, userId)) >= MOST) throw TooManyPasskeys()
          return insertPasskey(tx, { ...passkey, backedUp: registrationInfo.credentialBackedUp })
        })
      } catch (error) {
        throw isUniqueViolation(error) ? PasskeyKnown() : error
      }
    },

    /** @throws NotFound */
    async rename({ name, ...mine }: Mine & { name: string }) {
      const renamed = await db.write((tx) => renamePasskey(tx, { ...mine, name }))
      if (!renamed) throw NotFound('You have no such passkey.')
      return renamed
    },

    /** It opens nothing from now on. @throws WrongPassword, NotFound */
    async remove({ password, ...mine }: Mine & { password: string }): Promise<void> {
      await checkPassword({ userId: mine.userId, password })
      if (!(await db.write((tx) => deletePasskey(tx, mine)))) throw NotFound('You have no such passkey.')
    },
  }
}
