import { open, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { statuses, type Status } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'
import { formatNames, type FormatName } from './formats.ts'
import { createProgressLine } from './import/progress-line.ts'
import type { Exports } from './exports.ts'

interface Needs {
  db: Database
  keys: Keys
  sites: Sites
  exports: Exports
}

interface Options {
  site: string
  format: FormatName
  status?: Status
  since?: Date
  until?: Date
  url?: string
  emails: boolean
  bom: boolean
  after?: string
  snapshot?: string
  out: string
  verbose: boolean
}

/** Adds the command `export`. `withDeps` runs it on the configured database. */
export function addExportCommand(program: Command, withDeps: (work: (deps: Needs) => Promise<void>) => Promise<void>): void {
  program
    .command('export')
    .description('write the comment history of a site, whole or in part')
    .requiredOption('--site <key>')
    .addOption(new Option('--format <format>', 'ndjson is the full one').choices([...formatNames]).default('ndjson'))
    .option('--emails', "with readers' e-mail addresses", false)
    .addOption(new Option('--status <status>', 'only these').choices([...statuses]))
    .option('--since <time>', 'only comments made at this time or later, RFC 3339', time)
    .option('--until <time>', 'only comments made before this time', time)
    .option('--url <address>', 'only comments of the article at this address')
    .option('--bom', 'CSV with a byte order mark, for Excel', false)
    .option('--after <id>', 'go on with an export that broke off behind this comment; with --snapshot')
    .option('--snapshot <text>', 'as the header of the first part has it')
    .option('--out <file>', 'must not exist yet; standard output when - or absent', '-')
    .option('--verbose', 'tell how far it is also where standard error is no terminal', false)
    .action((options: Options) => withDeps((deps) => writeExport(deps, options)))
}

async function writeExport({ db, keys, sites, exports }: Needs, { site: key, out, verbose, ...wish }: Options): Promise<void> {
  const site = await sites.byKey(key)
  const options = await exports.plan(site, wish)
  const { isPart } = await import('./selection.ts')
  const total = isPart(options) || options.thread || wish.after !== undefined ? null : sum(await sites.counts([site.id]))
  const isTold = verbose || (process.stderr.isTTY && (out !== '-' || !process.stdout.isTTY))
  const line = isTold ? createProgressLine(process.stderr) : undefined
  let count = 0
  const onComments = (position: number) => {
    count = position
    line?.show({ state: 'running', read: position, position, total })
  }
  const { exportSite } = await import('./export.ts')
  const history = Readable.from(exportSite({ db, keys, options, onComments }), { objectMode: false })
  if (out === '-') await pipeline(history, process.stdout, { end: false })
  else await writeWhole(out, history)
  line?.show({ state: 'done', read: count, position: count, total: count })
  line?.end()
}

/** A file that did not become whole does not stay. */
async function writeWhole(path: string, history: Readable): Promise<void> {
  const file = await open(path, 'wx', 0o600) // it may hold addresses
  await pipeline(history, file.createWriteStream()).catch(async (error: unknown) => {
    await rm(path, { force: true })
    throw error
  })
}

const sum = (counts: Record<Status, number>) => Object.values(counts).reduce((total, count) => total + count, 0)

function time(value: string): Date {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('It must be a time such as 2026-11-23T00:00:00Z.')
  return date
}
