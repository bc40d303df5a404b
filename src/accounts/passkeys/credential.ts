import { z } from 'zod'

/** Bytes as browsers write them in JSON (RFC 4648, section 5, without padding). */
const Bytes = z.string().regex(/^[\w-]+$/, 'must be base64url')
/** A credential's id has 1,023 bytes at most. */
const Id = Bytes.max(1364)
const ClientData = Bytes.max(4000)

const shared = {
  id: Id,
  rawId: Id,
  type: z.literal('public-key'),
  /** What extensions told, of which we use none. */
  clientExtensionResults: z.object({}).default({}),
}

/** What a browser sends of a passkey that it made: `RegistrationResponseJSON` of Web Authentication Level 3, section 5.1. */
export const NewCredential = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: ClientData,
    attestationObject: Bytes.max(40_000),
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
})

/** What a browser sends to sign in: `AuthenticationResponseJSON`, of a passkey that knows whose it is. */
export const Assertion = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: ClientData,
    authenticatorData: Bytes.max(4000),
    signature: Bytes.max(8000),
    userHandle: Bytes.max(100),
  }),
})

/** The challenge that an answer says it is to; empty when that cannot be read. */
export function challengeIn({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const { challenge } = Object(JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString())) as { challenge?: unknown }
    return typeof challenge === 'string' ? challenge : ''
  } catch {
    return ''
  }
}
