/**
 * Answers questions together that are asked in the same turn of the event loop: each asker gets its own answer, and the database is
 * asked once.
 *
 * @param readAll gives the answers to all keys, as a function of the key
 */
export function together<Key, Value>(readAll: (keys: Key[]) => Promise<(key: Key) => Value>): (key: Key) => Promise<Value> {
  let asked: Key[] = []
  let answers: Promise<(key: Key) => Value> | undefined
  return async (key) => {
    asked.push(key)
    answers ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      const keys = asked
      asked = []
      answers = undefined
      return readAll(keys)
    })
    return (await answers)(key)
  }
}
