import { isUniqueViolation } from '../database/errors.ts'
import type { Sites } from './sites.ts'

/** A new database has a site to try things on. */
export async function makeDefaultSite(sites: Sites): Promise<void> {
  if ((await sites.list('all')).length > 0) return
  try {
    await sites.create({ key: 'default', name: 'Situs saya', locale: 'id' })
  } catch (error) {
    const another = (error as { code?: unknown }).code === 'conflict' || isUniqueViolation(error)
    if (!another) throw error // another replica made it at the same moment
  }
}
