import { setTimeout as wait } from 'node:timers/promises'
import { Prisma } from './generated/sqlite/client.ts'

const LOCKED = new Set(['P1008', 'P2034']) // busy or timed out on a lock; write conflict or deadlock
const TRIES = 8
const LONGEST_PAUSE_MS = 200

/** Whether a write, by a model or by raw SQL, broke a unique constraint that covers the given column or table. */
export function isUniqueViolation(error: unknown, named?: string): boolean {
  if (!isKnown(error)) return false
  const meta = JSON.stringify(error.meta ?? {})
  if (error.code !== 'P2002' && !(error.code === 'P2010' && meta.includes('UniqueConstraintViolation'))) return false
  return named === undefined || meta.includes(named)
}

/** Whether the row that a write needed is not there. */
export const isMissingRow = (error: unknown) => isKnown(error) && error.code === 'P2025'

/** Whether a foreign key pointed at a row that is not there. */
export const isMissingParent = (error: unknown) =>
  isKnown(error) &&
  (error.code === 'P2003' || (error.code === 'P2010' && JSON.stringify(error.meta ?? {}).includes('ForeignKeyConstraintViolation')))

/** Why a database does not store. */
export const outages = ['unreachable', 'busy', 'full', 'read-only', 'damaged', 'failing'] as const
export type Outage = (typeof outages)[number]

/**
 * By what both drivers and Prisma say, in whichever place they say it: codes of PostgreSQL (its appendix A), of SQLite (with extended ones), of
 * Node's sockets, of Prisma, and the kinds of its adapters.
 */
const OUTAGES: [Outage, RegExp][] = [
  ['full', /^(?:SQLITE_FULL|53100|ENOSPC|EDQUOT)$/],
  ['read-only', /^(?:SQLITE_READONLY\w*|25006|EROFS)$/],
  ['damaged', /^(?:SQLITE_(?:CORRUPT\w*|NOTADB)|XX00[12])$/],
  [
    'busy',
    /^(?:SQLITE_(?:BUSY|LOCKED|PROTOCOL)\w*|57014|55P03|40P01|40001|53[0234]00|53000|P1002|P1008|P2024|P2028|P2034|P2037|TransactionWriteConflict|TooManyConnections|SocketTimeout)$/,
  ],
  ['failing', /^(?:SQLITE_(?:IOERR|CANTOPEN|NOMEM)\w*|58\d{3}|EIO|EMFILE|ENFILE)$/],
  [
    'unreachable',
    /^(?:57P0\d|08\d{3}|28\d{3}|3D000|P1000|P1001|P1003|P1010|P1011|P1017|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|DatabaseNotReachable|DatabaseDoesNotExist|DatabaseAccessDenied|AuthenticationFailed|ConnectionClosed|TlsConnectionError)$/,
  ],
]

/** Where no code comes along. */
const SAID: [Outage, RegExp][] = [
  ['full', /database or disk is full|no space left on device/i],
  ['damaged', /database disk image is malformed|file is not a database/i],
  ['busy', /database is locked|timeout exceeded when trying to connect|query read timeout/i],
  ['unreachable', /connection terminated|can't reach database|client has encountered a connection error/i],
]

/** Why nothing was stored, when that is the database's doing and a later try may work; null for any other error. */
export function outageOf(error: unknown): Outage | null {
  const codes = codesOf(error)
  for (const [outage, pattern] of OUTAGES) if (codes.some((code) => pattern.test(code))) return outage
  if (error instanceof Prisma.PrismaClientInitializationError) return 'unreachable'
  const text = error instanceof Error && !isKnown(error) ? error.message : ''
  return SAID.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

/** Whether the database could not be reached, could not store or had no time: nothing was stored, and a later try may work. */
export const isUnavailable = (error: unknown): boolean => outageOf(error) !== null

/** Every code and kind that an error names: its own, the adapter's behind it, and those of its causes. Never data. */
export function codesOf(error: unknown): string[] {
  const codes = new Set<string>()
  let next: unknown[] = [error]
  for (let depth = 0; depth < DEPTH && next.length > 0; depth++) {
    const found: unknown[] = []
    for (const one of next) {
      if (typeof one !== 'object' || one === null) continue
      const said = one as Record<string, unknown>
      for (const name of ['code', 'originalCode', 'kind']) if (typeof said[name] === 'string') codes.add(said[name])
      found.push(said['cause'], said['meta'], said['driverAdapterError'])
      if (Array.isArray(said['errors'])) found.push(...(said['errors'] as unknown[]).slice(0, DEPTH))
    }
    next = found
  }
  return [...codes]
}

const DEPTH = 6

/**
 * Runs a write again, after a short and growing pause, while another process holds the lock it needs: some times, or as long as it is told to
 * have patience. The pause is a timer's: SQLite's own waiting would hold up everybody.
 */
export async function retryLocked<T>(work: () => Promise<T>, { patienceMs = 0 }: { patienceMs?: number } = {}): Promise<T> {
  const until = performance.now() + patienceMs
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (
        (attempt >= TRIES && performance.now() >= until) ||
        !isKnown(error) ||
        !(LOCKED.has(error.code) || error.message.includes('database is locked'))
      )
        throw error
      await wait(Math.min(attempt * 20, LONGEST_PAUSE_MS))
    }
  }
}

const isKnown = (error: unknown): error is Prisma.PrismaClientKnownRequestError =>
  error instanceof Error && error.name === 'PrismaClientKnownRequestError'
