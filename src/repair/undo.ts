import type { Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import { takeRedirectsOf } from '../sites/redirects.ts'
import { partThread, type RepairRow, renameThread, rootsOf, threadAt, threadById } from './store.ts'

/**
 * Takes one repair back: the redirect goes, a moved thread gets its address again, a merged one its comments, with the replies that
 * came below them since.
 * @throws Conflict when something that was done later stands in the way
 */
export async function undoRepair(tx: Transaction, { id, siteId, kind, thread, intoId }: RepairRow): Promise<void> {
  await takeRedirectsOf(tx, { siteId, repairId: id })
  if (kind === 'redirected' || thread === null) return
  const into = intoId === null ? null : await threadById(tx, intoId)
  if (!into) throw Conflict('The thread was merged into another one since. Undo that first.')
  if (await threadAt(tx, { siteId, key: thread.key })) throw Conflict(`Another thread stands at ${thread.url} now.`)
  if (kind === 'moved') await renameThread(tx, thread)
  else await partThread(tx, { thread: { ...thread, siteId }, into, roots: await rootsOf(tx, id) })
}
