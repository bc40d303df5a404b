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
import type { ExportOptions } from './reading.ts'
import type { Exports } from './exports.ts'
import type { Departures } from './leaving/departures.ts'

interface Needs {
  db: Database
  keys: Keys
  sites: Sites
  exports: Exports
  departures: Pick<Departures, 'plan'>
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
  posts?: string
  dryRun: boolean
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
    .option('--posts <file>', "WXR for the posts that WordPress has: the blog's own export (Tools, Export)")
    .option('--dry-run', 'with --posts: print which thread lands on which post, and write nothing', false)
    .option('--out <file>', 'must not exist yet; standard output when - or absent', '-')
    .option('--verbose', 'tell how far it is also where standard error is no terminal', false)
    .action((options: Options) => {
      const { posts, dryRun } = options
      if (dryRun && posts === undefined) program.error('error: --dry-run is for --posts')
      if (posts === undefined) return withDeps((deps) => writeExport(deps, options))
      if (options.format !== 'wxr') program.error('error: --posts is for --format wxr')
      if (options.after !== undefined) program.error('error: --after does not go with --posts; take the whole file again')
      return withDeps((deps) => leave(deps, { ...options, posts }))
    })
}

async function writeExport(deps: Needs, { site: key, out, verbose, posts: _, dryRun: __, ...wish }: Options): Promise<void> {
  const site = await deps.sites.byKey(key)
  const options = await deps.exports.plan(site, wish)
  const { isPart } = await import('./selection.ts')
  const isWhole = !isPart(options) && !options.thread && wish.after === undefined
  await write(deps, { options, total: isWhole ? sum(await deps.sites.counts([site.id])) : null, out, verbose })
}

/** For the posts that WordPress has; what was noted of them is gone in the end. */
async function leave(
  deps: Needs,
  { site: key, out, verbose, posts, dryRun, status, since, until, url, emails }: Options & { posts: string },
) {
  const site = await deps.sites.byKey(key)
  const options = await deps.departures.plan({ site, wish: { status, since, until, url, emails }, file: posts })
  try {
    if (dryRun) return await tellLandings(deps, options)
    await write(deps, { options, total: null, out, verbose })
  } finally {
    await rm(options.posts, { force: true })
  }
}

async function tellLandings({ db }: Needs, options: ExportOptions & { posts: string }): Promise<void> {
  const { landings, NOTHING, summed } = await import('./leaving/landings.ts')
  const { describeLanding, describeSums } = await import('./leaving/landing-text.ts')
  let sums = NOTHING
  for await (const landing of landings({ db, options })) {
    sums = summed(sums, landing)
    process.stdout.write(`${describeLanding(landing)}\n`)
  }
  process.stdout.write(`${describeSums(sums)}\n`)
}

interface Writing {
  options: ExportOptions
  /** How many comments there are, if that is known before. */
  total: number | null
  out: string
  verbose: boolean
}

async function write({ db, keys }: Needs, { options, total, out, verbose }: Writing): Promise<void> {
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
