const memory = new Map<string, string>()

/** Where to keep something: in this browser, or for this tab alone. */
export type Place = 'local' | 'session'

/** Reads what was kept. Where the browser refuses storage (a private window, a strict setting), it lasts as long as the page. */
export function read(place: Place, key: string): unknown {
  const kept = memory.get(place + key)
  if (kept !== undefined) return JSON.parse(kept)
  try {
    return JSON.parse(storageOf(place).getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** Keeps something; null forgets it. */
export function write(place: Place, key: string, value: unknown): void {
  const text = JSON.stringify(value)
  try {
    if (value === null) storageOf(place).removeItem(key)
    else storageOf(place).setItem(key, text)
    memory.delete(place + key)
  } catch {
    memory.set(place + key, text)
  }
}

const storageOf = (place: Place) => (place === 'local' ? localStorage : sessionStorage)
