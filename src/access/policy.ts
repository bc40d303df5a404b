/** Who may what, on one site. Nobody may anything that is not named here. */
const allowed = {
  /** See the queue and the comments, decide, edit, answer, open and close threads. */
  moderate: ['owner', 'moderator'],
  /** See readers' e-mail addresses whole; a moderator sees them masked. */
  'see-emails': ['owner'],
  /** Remove a comment for good. */
  delete: ['owner'],
  'change-site': ['owner'],
  export: ['owner'],
  /** Bring in comments of another system. */
  import: ['owner'],
  /** Merge threads, and lead old addresses to new ones. */
  'repair-threads': ['owner'],
  /** Invite and remove people, change roles. */
  'manage-members': ['owner'],
  /** Make and revoke API keys. */
  'manage-keys': ['owner'],
  /** Have a mail of the delivery ledger sent again. Everybody who moderates may read the ledger, with addresses masked. */
  'resend-mail': ['owner'],
  /** See, make and change webhooks, and what became of their calls. */
  'manage-webhooks': ['owner'],
} as const satisfies Record<string, Role[]>

export type Role = 'owner' | 'moderator'
export type Action = keyof typeof allowed

/** A role on a site; "*" stands for every site. */
export interface Grant {
  siteId: string
  role: Role
}

export const ALL_SITES = '*'

/** The strongest role that the grants give on a site, or null for who does not belong to it. */
export function roleOn(grants: Grant[], siteId: string): Role | null {
  const roles = grants.filter((grant) => grant.siteId === siteId || grant.siteId === ALL_SITES).map(({ role }) => role)
  if (roles.includes('owner')) return 'owner'
  return roles.includes('moderator') ? 'moderator' : null
}

export function may(grants: Grant[], action: Action, siteId: string): boolean {
  const role = roleOn(grants, siteId)
  return role !== null && (allowed[action] as readonly Role[]).includes(role)
}

/** Creating sites belongs to those who own them all. */
export const mayCreateSites = (grants: Grant[]) => grants.some(({ siteId, role }) => siteId === ALL_SITES && role === 'owner')
