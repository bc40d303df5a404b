/** An object of somebody else's, read without trust: every field may be missing or of another type. */
export type Fields = Record<string, unknown>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object inside; empty when it is none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** The first of these fields that holds a text or a number, as text; trimmed. */
export function textIn(fields: Fields, ...names: string[]): string {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  }
  return ''
}

/** Yes as JSON, SQLite and systems that write everything as text say it. */
export const isTrue = (value: unknown): boolean => value === true || value === 1 || value === 1n || value === '1' || value === 'true'
