import { pino, type Logger } from 'pino'

/**
 * The log: JSON lines on stdout. It never carries what readers typed, addresses or tokens; errors keep their type and stack, and
 * of a database error only the code, since its text may quote a row.
 */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: serializeError },
  })

function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, stack } = error
  const code = (error as { code?: unknown }).code
  const quotesRows = name.startsWith('Prisma') || name === 'DriverAdapterError' || name === 'ZodError'
  const frames = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  return {
    type: name,
    ...(typeof code === 'string' && { code }),
    ...(!quotesRows && { message: withoutAddresses(error.message) }),
    stack: frames,
  }
}

const withoutAddresses = (message: string) => message.replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)')
