import { z } from 'zod'
import { InvalidFields, type FieldError } from '../errors.ts'

/** Text that both databases can keep: PostgreSQL refuses NUL, and a lone surrogate would come back as another character. */
export const Text = z.string().refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be well-formed text without NUL')

/**
 * Checks a value against a schema and gives what the schema made of it.
 * @throws InvalidFields naming every field that is wrong, once
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw InvalidFields(undefined, { errors: fieldErrors(parsed.error) })
}

/** The first message for each field; a problem of the whole is told of the field "body". */
export function fieldErrors(error: z.ZodError): FieldError[] {
  const errors = new Map<string, string>()
  for (const issue of error.issues) {
    const field = issue.path.map(String).join('.') || 'body'
    if (!errors.has(field)) errors.set(field, issue.message)
  }
  return [...errors].map(([field, message]) => ({ field, message }))
}
