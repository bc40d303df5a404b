import { z } from 'zod'
import { parseUrl } from '../../parse-url.ts'
import { CSV_COLUMNS, type CsvColumn } from '../csv-columns.ts'
import type { ReadOptions } from './read-file.ts'
import { sourceNames } from './sources.ts'

const Address = z
  .string()
  .max(2000)
  .refine((value) => /^https?:$/.test(parseUrl(value)?.protocol ?? ''), 'must be an http or https address')
  .transform((value) => value.replace(/\/+$/, ''))

/** Where the site was: the scheme does not matter, so it need not be named. */
const Before = z
  .string()
  .max(2000)
  .transform((value) => (/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `https://${value}`))
  .pipe(Address)

/** A CSV's columns as text: `id=comment_id,body=content`. */
const Columns = z
  .string()
  .max(4000)
  .transform((value, context) => {
    const pairs = value.split(',').map((pair) => pair.split('='))
    const known = pairs.filter(([field, column]) => CSV_COLUMNS.some((name) => name === field) && column)
    if (known.length === pairs.length) return Object.fromEntries(known) as Partial<Record<CsvColumn, string>>
    context.addIssue({ code: 'custom', message: `must be field=column pairs; the fields are ${CSV_COLUMNS.join(', ')}` })
    return z.NEVER
  })

/** What is said of a file beside the file; the command line asks for the same. */
export const ImportQuery = z
  .object({
    format: z
      .enum([...sourceNames, 'rejects', 'auto'])
      .default('auto')
      .meta({
        description: 'The system that wrote the file; `rejects` for what an import left out, mended; `auto` to have it told by the file',
      }),
    dryRun: z.stringbool().default(false).meta({ description: 'Read, compare and report, and write nothing' }),
    base: Address.optional().meta({ description: 'The address that relative addresses of articles are taken from' }),
    from: Before.optional().meta({
      description:
        'Addresses that begin so are taken as if they began with `base`: the site moved. With or without `http(s)://` and `www.`',
    }),
    columns: Columns.optional().meta({ description: 'For a CSV, which column holds what: `id=comment_id,body=content`' }),
  })
  .refine(({ from, base }) => from === undefined || base !== undefined, { path: ['base'], message: 'must be there when `from` is' })
export type ImportQuery = z.output<typeof ImportQuery>

export const optionsOf = ({ base, from, columns }: ImportQuery): ReadOptions => ({
  ...(base !== undefined && { base }),
  ...(from !== undefined && { from }),
  ...(columns && { columns }),
})
