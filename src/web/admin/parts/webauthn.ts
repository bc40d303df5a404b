import { Refusal } from '../api/ask.ts'

/** What the browser or the device said instead of a passkey; `never`: the server's address is not this page's. */
export class NoPasskey extends Error {
  readonly reason: 'stopped' | 'known' | 'never'

  constructor(reason: NoPasskey['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** What the library says of a device that has a passkey for the account, and of a server that means another host. */
const REASONS: Record<string, NoPasskey['reason']> = {
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'known',
  ERROR_INVALID_DOMAIN: 'never',
  ERROR_INVALID_RP_ID: 'never',
}

function refuse(error: unknown): never {
  throw new NoPasskey(REASONS[String((error as { code?: unknown }).code)] ?? 'stopped')
}

/** The library that speaks to authenticators, loaded where somebody may use one: the queue's first load goes without. */
const library = () => import('@simplewebauthn/browser')
type Library = Awaited<ReturnType<typeof library>>
export type CreationOptions = Parameters<Library['startRegistration']>[0]['optionsJSON']
export type RequestOptions = Parameters<Library['startAuthentication']>[0]['optionsJSON']
export type Assertion = Awaited<ReturnType<Library['startAuthentication']>>

/** Whether pages at this address can ask for passkeys in this browser: it has them at names alone, not at IP addresses, and over https or at localhost. */
export const hasPasskeys = () => 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname)

/** Has the device make a passkey. @throws NoPasskey */
export async function makePasskey(optionsJSON: CreationOptions) {
  const { startRegistration } = await library()
  return startRegistration({ optionsJSON }).catch(refuse)
}

/** Asks for one of the passkeys that there are. @throws NoPasskey */
export async function askForPasskey(options: () => Promise<RequestOptions>): Promise<Assertion> {
  const { startAuthentication } = await library()
  const optionsJSON = await options()
  return startAuthentication({ optionsJSON }).catch(refuse)
}

/**
 * Has the browser offer passkeys where the address is typed, until one is taken or the signal says that it is enough. Null when the
 * browser cannot, or none was taken.
 */
export async function offerPasskeys(options: () => Promise<RequestOptions>, signal: AbortSignal): Promise<Assertion | null> {
  const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } = await library()
  if (signal.aborted || !(await browserSupportsWebAuthnAutofill())) return null
  const optionsJSON = await options().catch(() => null) // the button will tell
  if (!optionsJSON || signal.aborted) return null
  signal.addEventListener('abort', () => WebAuthnAbortService.cancelCeremony(), { once: true })
  return startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => null)
}

/** Tells the device that a passkey which it offered opens nothing, where the browser can, so that it is not offered again. */
export async function disown({ error, id }: { error: unknown; id: string }): Promise<void> {
  if (!(error instanceof Refusal) || error.code !== 'PASSKEY_UNKNOWN') return
  const { sendSignal } = await library()
  await sendSignal({ signalName: 'unknownCredential', rpID: location.hostname, credentialID: id }).catch(() => undefined)
}
