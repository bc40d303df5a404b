import { LRUCache } from 'lru-cache'

/**
 * Copies of what the database holds, in memory until they are dropped, which whoever keeps them does when they hear of a change.
 *
 * A read that began before a drop may have found what was there before the change: its value is handed to those who asked by then, but
 * neither kept nor given to anybody who asks after it.
 *
 *     const copies = createCopies<Site>({ max: 1000, ttl: 30_000 })
 *     db.changes.on(() => copies.dropAll())
 *     const site = await copies.read(key, () => findSite(db.read, { key }))
 */
export function createCopies<Value extends object>({
  groupOf,
  ...limits
}: LRUCache.Options<string, Value, unknown> & {
  /** What names are dropped by; without it each is dropped by itself. */
  groupOf?: (name: string) => string
}) {
  const groups = new Map<string, Set<string>>()
  const kept = new LRUCache<string, Value>({
    ...limits,
    ...(groupOf && { dispose: (_value, name, reason) => reason === 'set' || leave(groupOf(name), name) }),
  })
  /** Names that are being read, each with the read that counts: the last one that began, and none once it was dropped. */
  const reading = new Map<string, Promise<ReadonlyMap<string, Value>>>()

  const keep = (name: string, value: Value) => {
    kept.set(name, value)
    if (!groupOf || !kept.has(name)) return // what is larger than all that may be kept is not
    const group = groupOf(name)
    groups.set(group, (groups.get(group) ?? new Set<string>()).add(name))
  }
  const leave = (group: string, name: string) => {
    const names = groups.get(group)
    names?.delete(name)
    if (names?.size === 0) groups.delete(group)
  }

  /** Reads several at once, whatever is kept of them, and keeps what is found. */
  const readMany = (names: string[], find: () => Promise<ReadonlyMap<string, Value>>): Promise<ReadonlyMap<string, Value>> => {
    const readAndKeep = async () => {
      try {
        const found = await find()
        for (const [name, value] of found) if (reading.get(name) === mine) keep(name, value)
        return found
      } finally {
        for (const name of names) if (reading.get(name) === mine) reading.delete(name)
      }
    }
    const mine = readAndKeep() // all wait for the same promise, so that they go on in the order in which they asked
    for (const name of names) reading.set(name, mine)
    return mine
  }

  return {
    /** What is kept, at once; undefined when it has to be read. */
    peek: (name: string): Value | undefined => kept.get(name),

    /**
     * What is kept, else what is found. Those who ask for the same while it is read wait for that one read, unless each must read `alone`:
     * in a transaction, which others' reads must not fail with.
     */
    async read(name: string, find: () => Promise<Value>, { alone = false } = {}): Promise<Value> {
      const known = kept.get(name)
      if (known) return known
      const underWay = alone ? undefined : reading.get(name)
      const found = await (underWay ?? readMany([name], async () => new Map([[name, await find()]])))
      return found.get(name) ?? find()
    },

    readMany,

    /** Drops a name, or all of a group where names have groups. */
    drop(group: string) {
      for (const name of groupOf ? reading.keys() : [group]) if (!groupOf || groupOf(name) === group) reading.delete(name)
      for (const name of groupOf ? Array.from(groups.get(group) ?? []) : [group]) kept.delete(name)
    },

    dropAll() {
      reading.clear()
      kept.clear()
    },
  }
}
