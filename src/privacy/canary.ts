import type { Database } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { aadOf, seal, unseal } from './sealed.ts'
import type { Keys } from './secret.ts'

const WORDS = 'this database was sealed with this secret'

/** The secret is not the one that this database's addresses were sealed with. */
export class WrongSecret extends Error {
  constructor() {
    super('SECRET is not the one this database was sealed with. Set it to the first one, or restore the file "secret" of its data folder.')
  }
}

/**
 * Refuses a secret that cannot open what the database holds, before anything is written that only it could read.
 * The first start leaves a sealed row to try it on.
 * @throws WrongSecret
 */
export async function checkSecret({ db, keys }: { db: Database; keys: Keys }): Promise<void> {
  const kept = await db.read.meta.findUnique({ where: { key: 'canary' } })
  if (!kept) {
    const value = seal({ keys, aad: aadOf('Meta.canary', 'canary'), value: WORDS })
    try {
      await db.write((tx) => tx.meta.create({ data: { key: 'canary', value } }))
      return
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return checkSecret({ db, keys }) // another replica was first: its secret counts
    }
  }
  try {
    unseal({ keys, aad: aadOf('Meta.canary', 'canary'), sealed: kept.value })
  } catch {
    throw new WrongSecret()
  }
}
