/** The library that reads what authenticators say. It takes a fifth of a second to load, so only who uses a passkey waits for it. */
export const webauthn = () => import('@simplewebauthn/server')
