import type { IncomingMessage } from 'node:http'
import type { Site } from '../sites/store.ts'
import type { Action } from './policy.ts'
import type { Principal } from './principal.ts'

/** What a request asks to do; with a site's key or the site itself, unless it is about no site. */
export type AccessRequest = { action: Action; siteKey: string } | { action: Action; site: Site } | { action: 'create-site' }

/** The site that a request is about; null when it is about none. */
export type SiteOf<Asked extends AccessRequest> = Asked extends { action: 'create-site' } ? null : Site

/** What every capability may ask about a request: who asks, and may they. accounts/accounts.ts answers. */
export interface Access {
  /** @throws Unauthorized */
  principal: (req: IncomingMessage) => Promise<Principal>

  /**
   * Who asks and the site it is about, if they may.
   * @throws SiteNotFound for a site they do not belong to, as for one that does not exist
   * @throws Forbidden for what their role does not include
   */
  allow: <Asked extends AccessRequest>(req: IncomingMessage, asked: Asked) => Promise<{ principal: Principal; site: SiteOf<Asked> }>

  /**
   * The person who is signed in and their session.
   * @throws Forbidden for a key
   */
  signedIn: (req: IncomingMessage) => Promise<{ userId: string; sessionId: string }>

  /** A person by id, for what is done in their name without a session: the button behind a mailed link. */
  personById: (id: string) => Promise<Principal | null>

  /** The sites that somebody moderates. */
  sitesOf: (who: Principal) => Promise<Site[]>
}
