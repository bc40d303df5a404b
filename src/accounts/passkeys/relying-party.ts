import ipaddr from 'ipaddr.js'

/** Whom passkeys are made for (Web Authentication Level 3, section 4): browsers bind each to a host's name, and to no other. */
export interface RelyingParty {
  id: string
  /** The addresses whose pages may ask for one. */
  origins: string[]
}

/**
 * The name under which people sign in with passkeys, of the addresses that our pages have; null where there is none. Browsers have
 * passkeys at names alone, not at IP addresses, and over https or on the machine itself.
 */
export function relyingPartyOf(ownOrigins: string[]): RelyingParty | null {
  const fit = ownOrigins.map((origin) => new URL(origin)).filter(isFit)
  const [first] = fit
  return first
    ? { id: first.hostname, origins: fit.filter(({ hostname }) => hostname === first.hostname).map(({ origin }) => origin) }
    : null
}

function isFit({ protocol, hostname }: URL): boolean {
  if (ipaddr.isValid(hostname.replaceAll(/[[\]]/g, ''))) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}
