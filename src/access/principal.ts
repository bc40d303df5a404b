import type { Grant } from './policy.ts'

/** Who asks: a signed-in person or a program with an API key, and what they are on which sites. */
export interface Principal {
  kind: 'user' | 'key'
  id: string
  name: string
  grants: Grant[]
  /** The session that a person asks with. */
  sessionId?: string
  /** The person who made the key that asks. */
  makerId?: string | null
}

/** Somebody as history names them. */
export interface Actor {
  id: string
  name: string
  /** By a link in a mail. */
  via?: 'mail'
}
export const actorOf = (principal: Principal): Actor => ({ id: `${principal.kind}:${principal.id}`, name: principal.name })
