import type { IncomingMessage } from 'node:http'
import type { Access } from '../access/access.ts'
import { Conflict } from '../errors.ts'
import type { Site } from '../sites/sites.ts'
import type { Action } from '../access/policy.ts'
import type { Queue } from './queue.ts'

export type ModeratorAccess = ReturnType<typeof moderatorAccess>

/** What moderators' requests are about, as far as it is theirs. */
export function moderatorAccess({ accounts, queue }: { accounts: Access; queue: Queue }) {
  /** A comment as it is now. */
  const current = async (req: IncomingMessage, id: string) => (await queue.find(await accounts.principal(req), id)).comment

  /** The caller and a comment that they may do this to. @throws CommentNotFound, Forbidden */
  const reach = async (req: IncomingMessage, id: string, action: Action) => {
    const principal = await accounts.principal(req)
    const found = await queue.find(principal, id)
    await accounts.allow(req, { action, site: found.site })
    return { principal, ...found }
  }

  /** A lost race shows what won it: a conflict is told of with the comment as it is now. */
  const withCurrent = async <T>(req: IncomingMessage, id: string, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (!Conflict.is(error)) throw error
      throw Conflict(error.message, { members: { comment: await current(req, id) } })
    }
  }

  /** The caller and the sites that they ask about: these, or all that they moderate. @throws SiteNotFound */
  const chosenSites = async (req: IncomingMessage, keys: string[] | undefined) => {
    const principal = await accounts.principal(req)
    if (keys === undefined) return { principal, sites: await accounts.sitesOf(principal) }
    const sites: Site[] = []
    for (const siteKey of new Set(keys)) sites.push((await accounts.allow(req, { action: 'moderate', siteKey })).site)
    return { principal, sites }
  }

  return { current, reach, withCurrent, chosenSites }
}
