import { Conflict } from '../errors.ts'
import type { Sites } from './sites.ts'

/** A new database has a site to try things on. */
export async function makeDefaultSite(sites: Sites): Promise<void> {
  if ((await sites.list('all')).length > 0) return
  try {
    await sites.create({ key: 'default', name: 'Situs saya', locale: 'id' })
  } catch (error) {
    if (!Conflict.is(error)) throw error // another replica made it at the same moment
  }
}
