#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Deps } from './compose/compose.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { Problem } from './errors.ts'
import { isLocale, locales } from './locales/index.ts'
import { createLog } from './compose/log.ts'
import { keepHeapsSmall } from './workers/heap.ts'
import { ALL_SITES, type Role } from './access/policy.ts'
import { addExportCommand } from './transfer/export-command.ts'
import { addMailCommand } from './notifications/mail-command.ts'
import { addImportCommand } from './transfer/import/command.ts'
import { version } from './compose/version.ts'
import { parseUrl } from './parse-url.ts'

const FAILED = 1
const WRONG_USAGE = 2

/** Asked for something that cannot be, such as a site that is not there. */
class Failure extends Error {}

const program = new Command('balas')
  .description('Comment moderation behind a "Leave a Reply" form. Every command works beside a running server.')
  .version(version())
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(add --help for help)')

const owner = program.command('owner').description('people who own the sites')
owner
  .command('create')
  .description('make an owner of all sites, or of one')
  .requiredOption('--email <address>')
  .option('--name <name>', 'as history and replies show it; the part before the @ when absent')
  .option('--site <key>', 'this site only')
  .option('--password-stdin', 'read the password from standard input (12 characters or more)')
  .action((options: PersonOptions) => withDeps((deps) => createPerson(deps, 'owner', options)))

const moderator = program.command('moderator').description('people who decide about comments')
moderator
  .command('create')
  .description('make a moderator of a site')
  .requiredOption('--email <address>')
  .requiredOption('--site <key>')
  .option('--name <name>', 'as history and replies show it; the part before the @ when absent')
  .option('--password-stdin', 'read the password from standard input (12 characters or more)')
  .action((options: PersonOptions) => withDeps((deps) => createPerson(deps, 'moderator', options)))

const key = program.command('key').description('API keys for programs')
key
  .command('create')
  .description('make an API key and print it, this once')
  .addOption(new Option('--role <role>').choices(['owner', 'moderator']).makeOptionMandatory())
  .option('--site <key>', 'this site only; all sites when absent')
  .option('--name <name>', 'as history shows it', 'API key')
  .option('--expires-in-days <days>', 'never when absent', wholeNumber)
  .action((options: { role: Role; site?: string; name: string; expiresInDays?: number }) =>
    withDeps(async ({ db, clock, sites }) => {
      const siteId = await siteIdOf(sites, options.site)
      const expiresAt = options.expiresInDays === undefined ? null : new Date(clock().getTime() + options.expiresInDays * 86_400_000)
      const { createKey } = await import('./accounts/api-keys.ts')
      print(await createKey({ db, clock, name: options.name, role: options.role, siteId, expiresAt }))
    }),
  )

const site = program.command('site').description('sites whose articles take comments')
site
  .command('create')
  .description('make a site')
  .requiredOption('--key <key>', 'its name in addresses: lower-case letters, digits, dashes', siteKey)
  .requiredOption('--name <name>')
  .addOption(new Option('--locale <locale>').choices([...locales]).default('id'))
  .option('--origin <origin...>', 'where its articles are, such as https://news.example')
  .action((options: { key: string; name: string; locale: string; origin?: string[] }) =>
    withDeps(async ({ sites }) => {
      const allowedOrigins = options.origin?.map(originOf)
      if (!isLocale(options.locale)) throw new Failure(`There are no texts in ${options.locale}.`)
      const made = await sites.create({ key: options.key, name: options.name, locale: options.locale, allowedOrigins })
      print(`site ${made.key} is ready`)
    }),
  )

addExportCommand(program, withDeps)

program
  .command('migrate')
  .description("bring the database up to this program's models")
  .action(async () => {
    const { migrate } = await import('./database/migrate.ts')
    const { databaseUrl, updateWithoutCopy } = configuration()
    const applied = await migrate({ url: databaseUrl, withCopy: !updateWithoutCopy })
    print(applied.length === 0 ? 'nothing to do' : applied.map((name) => `applied ${name}`).join('\n'))
  })

program
  .command('backup')
  .description('copy the database while the server runs (SQLite); for PostgreSQL it says how')
  .requiredOption('--to <file>', 'must not exist yet')
  .action(async ({ to }: { to: string }) => {
    const { backup } = await import('./database/backup.ts')
    const config = configuration()
    const { file, bytes, advice } = await backup({ url: config.databaseUrl, to })
    print(`${file} (${bytes} bytes)`)
    for (const line of advice) print(line)
  })

interface PersonOptions {
  email: string
  name?: string
  site?: string
  passwordStdin?: boolean
}

async function createPerson({ db, clock, auth, sites }: Deps, role: Role, { email, name, site: siteName, passwordStdin }: PersonOptions) {
  const siteId = await siteIdOf(sites, siteName)
  const password = passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined
  const person = { email, name: name ?? email.split('@')[0] ?? email, ...(password !== undefined && { password }) }
  const { addPerson } = await import('./accounts/people.ts')
  const { created } = await addPerson({ db, clock, auth, person, role, siteId })
  const where = siteName === undefined ? 'all sites' : siteName
  print(created ? `${email} is ${role} of ${where}` : `${email} had an account and is now ${role} of ${where}; the password is unchanged`)
}

async function siteIdOf(sites: Deps['sites'], name: string | undefined): Promise<string> {
  return name === undefined ? ALL_SITES : (await sites.byKey(name)).id
}

/** Runs a use-case on the configured database, beside whatever else is running on it. */
async function withDeps(work: (deps: Deps) => Promise<void>): Promise<void> {
  const { compose } = await import('./compose/compose.ts') // only now: help and mistakes answer at once
  const config = configuration()
  const deps = await compose({
    config,
    publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}`,
    log: createLog('silent'),
    role: 'command',
  })
  try {
    await work(deps)
  } finally {
    await deps.close()
  }
}

const configuration = (): Config => parseConfig(process.env)
const print = (line: string) => process.stdout.write(`${line}\n`)

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(value)
}

function siteKey(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(value)) throw new InvalidArgumentError('It must be lower-case letters, digits and dashes.')
  return value
}

function originOf(value: string): string {
  if (!parseUrl(value) || !/^https?:/.test(value)) throw new Failure(`${value} is not an origin such as https://news.example.`)
  return new URL(value).origin
}

/** What went wrong, for whoever typed the command: a sentence for what can happen, a stack for what should not. */
function explain(error: unknown): string {
  if (error instanceof Problem)
    return [error.message, ...(error.extras.errors ?? []).map(({ field, message }) => `${field} ${message}`)].join('\n')
  if (error instanceof ConfigError || error instanceof Failure) return error.message
  if (error instanceof Error) return ['Error', 'CannotUnseal'].includes(error.name) ? error.message : (error.stack ?? error.message)
  return String(error)
}

let code = 0
addMailCommand({ program, withDeps, print })
addImportCommand({ program, withDeps, print, fail: () => (code = FAILED) })
try {
  keepHeapsSmall()
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    code = error.exitCode === 0 ? 0 : WRONG_USAGE
  } else {
    process.stderr.write(`${explain(error)}\n`)
    code = FAILED
  }
}
process.stdout.write('', () => process.exit(code))
