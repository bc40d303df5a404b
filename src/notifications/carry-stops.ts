import type { Transaction } from '../database/connect.ts'
import { stopAddress, stopsOfThread } from './stop-store.ts'

/**
 * Whoever wants no mails of a thread wants none of the one that it is merged into, in the transaction that merges them. What is kept
 * of the old thread stays: should the merge be undone, it holds again.
 */
export async function carryStops(tx: Transaction, { from, to, at }: { from: string; to: string; at: Date }): Promise<void> {
  for (const { emailIndex } of await stopsOfThread(tx, from)) await stopAddress(tx, { emailIndex, scope: to, reason: 'unsubscribed', at })
}
