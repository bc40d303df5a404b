import { z } from 'zod'
import type { Reports } from '../comments/reports.ts'
import type { Sites } from '../sites/sites.ts'

export const Counts = z
  .object({
    pending: z.int(),
    approved: z.int(),
    rejected: z.int(),
    spam: z.int(),
    reported: z.int().meta({ description: 'Comments that readers pointed at, counted up to 1,000' }),
  })
  .meta({ id: 'Counts' })
type Counts = z.output<typeof Counts>

/** How many comments of some sites stand where, and how many readers reported. Kept numbers and a short index range: no table is counted. */
export const createCount =
  ({ sites, reports }: { sites: Pick<Sites, 'counts'>; reports: Pick<Reports, 'reported'> }) =>
  async (siteIds: string[]): Promise<Counts> => {
    const [counts, reported] = await Promise.all([sites.counts(siteIds), reports.reported(siteIds)])
    return { ...counts, reported: reported.length }
  }
