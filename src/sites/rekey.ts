import type { Logger } from 'pino'
import type { Database, Transaction } from '../database/connect.ts'
import { defineError } from '../errors.ts'
import { type AddressRules, createAddresses, KEYS_VERSION } from './article-url.ts'
import { rekeyRedirects } from './redirects.ts'
import { type KeptThread, keysVersion, listSites, moveThreadKeys, raiseSite, setKeysVersion, threadsOf } from './store.ts'

export const ThreadsWouldJoin = defineError('threads-would-join', 409, 'Articles with comments would become one')

const NAMED_PAIRS = 3

/**
 * Gives a site's threads the keys that new rules make of their addresses, in the transaction that changes the rules; it must hold
 * the site's row by then.
 * @throws ThreadsWouldJoin, so that nothing is changed, when a thread would be found no more since another one has its key
 */
export async function rekey(
  tx: Transaction,
  { siteId, from, to }: { siteId: string; from: AddressRules; to: AddressRules },
): Promise<void> {
  const keyBefore = keysBy(from)
  // Left aside at an earlier start: nobody finds it, so it may stay so, or come back, and gives no reason to refuse.
  const isAside = ({ url, key }: KeptThread) => key !== keyBefore(url)
  const threads = await threadsOf(tx, siteId)
  const { moves, left } = planKeys({ threads, keyOf: keysBy(to), isAside })
  const lost = left.filter(({ thread }) => !isAside(thread))
  if (lost.length > 0) throw wouldJoin(lost)
  await moveThreadKeys(tx, moves)
  await rekeyRedirects(tx, { siteId, keyOf: keysBy(to), taken: keysAfter({ threads, moves }) })
}

function keysAfter({ threads, moves }: { threads: KeptThread[]; moves: { id: string; to: string }[] }): Set<string> {
  const moved = new Map(moves.map(({ id, to }) => [id, to]))
  return new Set(threads.map(({ id, key }) => moved.get(id) ?? key))
}

/** Works out the keys of all threads when this program makes others by the same rules than the one before it. */
export async function rekeyAtStart({ db, log }: { db: Database; log: Pick<Logger, 'warn'> }): Promise<void> {
  if ((await keysVersion(db.read)) >= KEYS_VERSION) return
  for (const { id, key, settings } of await listSites(db.read, 'all')) {
    const left = await db.write(async (tx) => {
      await raiseSite(tx, id)
      const threads = await threadsOf(tx, id)
      const plan = planKeys({ threads, keyOf: keysBy(settings) })
      await moveThreadKeys(tx, plan.moves)
      await rekeyRedirects(tx, { siteId: id, keyOf: keysBy(settings), taken: keysAfter({ threads, moves: plan.moves }) })
      await db.changes.announce(tx, { siteId: id })
      return plan.left
    })
    for (const { thread, holder } of left)
      log.warn({ site: key, shown: holder.url, hidden: thread.url }, 'two threads are one article now; only one of them is shown')
  }
  await db.write((tx) => setKeysVersion(tx, KEYS_VERSION))
}

function keysBy(rules: AddressRules): (url: string) => string | undefined {
  const addresses = createAddresses({ rules })
  return (url) => addresses.articleAt(url)?.key
}

/** A thread that does not get its key, and the one that has it. */
interface Left {
  thread: KeptThread
  holder: KeptThread
}

/**
 * Which threads get another key, and which cannot. Of several that come to the same, one gets it: that has it already, else that
 * readers find at present, else with the most comments, else the oldest. The others keep the keys they have.
 */
export function planKeys({
  threads,
  keyOf,
  isAside = () => false,
}: {
  threads: KeptThread[]
  keyOf: (url: string) => string | undefined
  isAside?: (thread: KeptThread) => boolean
}) {
  const wanted = new Map<string, KeptThread[]>()
  for (const thread of threads) {
    const key = keyOf(thread.url) ?? thread.key
    const others = wanted.get(key)
    if (others) others.push(thread)
    else wanted.set(key, [thread])
  }
  const claim = (key: string) => (a: KeptThread, b: KeptThread) =>
    Number(b.key === key) - Number(a.key === key) ||
    Number(isAside(a)) - Number(isAside(b)) ||
    b.approvedCount - a.approvedCount ||
    (a.id < b.id ? -1 : 1)

  const holders = new Map<string, KeptThread>()
  const left: Left[] = []
  for (const [key, some] of wanted) {
    const [holder, ...others] = some.toSorted(claim(key))
    if (!holder) continue
    holders.set(key, holder)
    left.push(...others.map((thread) => ({ thread, holder })))
  }
  // What stays keeps its key from whoever wants that, who then stays too; `left` grows meanwhile.
  for (const { thread } of left) {
    const intruder = holders.get(thread.key)
    if (!intruder) continue
    holders.delete(thread.key)
    left.push({ thread: intruder, holder: thread })
  }
  return { moves: [...holders].flatMap(([to, { id, key }]) => (key === to ? [] : [{ id, from: key, to }])), left }
}

function wouldJoin(lost: Left[]) {
  const articles = new Set(lost.flatMap(({ thread, holder }) => [thread, holder])).size
  const pairs = lost.slice(0, NAMED_PAIRS).map(({ thread, holder }) => [holder.url, thread.url])
  const named = pairs.map((pair) => pair.join(' and ')).join('; ')
  return ThreadsWouldJoin(`${articles} articles with comments would fall together, such as ${named}. Nothing was changed.`, {
    members: { articles, pairs },
  })
}
