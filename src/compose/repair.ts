import { createRepairs } from '../repair/repairs.ts'
import { repairRoutes } from '../repair/routes.ts'
import type { Foundation } from './foundation.ts'
import { part } from './part.ts'
import type { People } from './people.ts'

export type Repair = ReturnType<typeof composeRepair>['use']

/** Threads of one article brought together, and old addresses led to new ones. */
export function composeRepair({ db, clock, sites, accounts }: Foundation & People) {
  const repairs = createRepairs({ db, clock, sites })
  return part({ use: { repairs }, endpoints: () => repairRoutes({ accounts, repairs }) })
}
