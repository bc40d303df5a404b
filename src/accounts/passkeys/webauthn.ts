/** Makers of devices whose certificates the library knows. */
const KNOWN_MAKERS = ['android-key', 'android-safetynet', 'apple'] as const

/**
 * The library that reads what authenticators say. It takes a fifth of a second to load, so only who uses a passkey waits for it. Which
 * maker's device it is we do not ask: without certificates to compare with, the library asks no maker's server about them either.
 */
export async function webauthn() {
  const library = await import('@simplewebauthn/server')
  for (const identifier of KNOWN_MAKERS) library.SettingsService.setRootCertificates({ identifier, certificates: [] })
  return library
}
