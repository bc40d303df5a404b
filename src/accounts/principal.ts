import type { Grant } from '../moderation/policy.ts'

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

/** As history names them. */
export const actorOf = (principal: Principal) => ({ id: `${principal.kind}:${principal.id}`, name: principal.name })
export type Actor = ReturnType<typeof actorOf>
