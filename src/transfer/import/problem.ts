import { z } from 'zod'
import { Problem } from '../../errors.ts'

export const problemCode = (code: string) => `urn:balas:problem:${code}`

/** Why an import failed, as it is kept with it. */
export const ImportProblem = z.object({ type: z.string(), title: z.string(), detail: z.string() })
export type ImportProblem = z.output<typeof ImportProblem>

export const problemOf = (error: unknown): ImportProblem =>
  error instanceof Problem
    ? { type: problemCode(error.code), title: error.title, detail: error.message }
    : { type: problemCode('internal'), title: 'Something went wrong here', detail: 'The error was logged. What came in so far stays.' }
