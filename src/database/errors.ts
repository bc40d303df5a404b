import { setTimeout as wait } from 'node:timers/promises'
import { Prisma } from './generated/sqlite/client.ts'

const LOCKED = new Set(['P1008', 'P2034']) // busy or timed out on a lock; write conflict or deadlock
const UNREACHABLE = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])
const TRIES = 8

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

/** Whether the database could not be reached, or had no time: nothing was stored, and a later try may work. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  if (isKnown(error))
    return (
      UNREACHABLE.has(error.code) || /ECONNREFUSED|ECONNRESET|SQLITE_(BUSY|FULL|IOERR|READONLY)|connection terminated/i.test(error.message)
    )
  const code = (error as { code?: unknown } | null)?.code
  if (
    typeof code === 'string' &&
    /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|57P0[123]|53\d{3}|08\d{3}|SQLITE_(BUSY|FULL|IOERR.*|READONLY.*))$/.test(code)
  )
    return true
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated|Can't reach database/i.test(error.message)
}

/** Runs a write again, after a short and growing pause, while another process holds the lock it needs. */
export async function retryLocked<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === TRIES || !isKnown(error) || !(LOCKED.has(error.code) || error.message.includes('database is locked'))) throw error
      await wait(attempt * 20)
    }
  }
}

const isKnown = (error: unknown): error is Prisma.PrismaClientKnownRequestError =>
  error instanceof Error && error.name === 'PrismaClientKnownRequestError'
