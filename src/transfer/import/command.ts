import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { MalformedRequest } from '../../errors.ts'
import type { Sites } from '../../sites/sites.ts'
import { ImportQuery, optionsOf } from './import-query.ts'
import type { Imports } from './imports.ts'
import { type PresentedImport, presentImport } from './present.ts'
import { createProgressLine } from './progress-line.ts'
import type { ImportQueue } from './queue.ts'
import { describeReport } from './report-text.ts'
import { sourceNames } from './sources.ts'

const ASK_MS = 250
/** Whoever runs the command on the server's own shell. */
const ACTOR = { id: 'command', name: 'command line' }

interface Needs {
  sites: Sites
  imports: Imports
  importQueue: ImportQueue
}

interface Options {
  site: string
  format: string
  dryRun: boolean
  base?: string
  from?: string
  column: string[]
  rejects?: string
  json: boolean
}

/** The command that brings a file in. It does the work itself, beside a running server too; should it be stopped, the server goes on with it. */
export function addImportCommand({
  program,
  withDeps,
  print,
  fail,
}: {
  program: Command
  withDeps: (work: (needs: Needs) => Promise<void>) => Promise<void>
  print: (line: string) => void
  /** Makes the process end as one that failed. */
  fail: () => void
}) {
  program
    .command('import')
    .description("bring another system's comments in, or our own export")
    .argument('<file>', 'as the other system wrote it, or packed by gzip; standard input when -')
    .requiredOption('--site <key>')
    .addOption(
      new Option('--format <format>', 'the system that wrote it; told by the file when not named')
        .choices([...sourceNames, 'rejects', 'auto'])
        .default('auto'),
    )
    .option('--dry-run', 'read, compare and report, and write nothing', false)
    .option('--base <url>', 'the address that relative addresses of articles are taken from')
    .option(
      '--from <url>',
      'addresses that begin so, whatever their scheme and www., are taken as if they began with --base: the site moved',
    )
    .option('--column <field=name>', 'for a CSV, which column holds what; again for each', collect, [])
    .option('--rejects <file>', 'write every record that was left out to a new file, to be mended and imported again')
    .option('--json', 'print the report as JSON', false)
    .action(async (file: string, options: Options) => {
      const query = parse(program, options)
      const body = file === '-' ? process.stdin : await openFile(file)
      const left = options.rejects === undefined ? null : await newFile(options.rejects)
      await withDeps(async (deps) => {
        const done = await run(deps, { body, siteKey: options.site, query })
        print(options.json ? JSON.stringify(done) : describeReport(done))
        if (left) await writeRejects(deps, { siteKey: options.site, id: done.id, file: left })
        if (done.state === 'failed') fail()
      })
    })
}

async function run(
  { sites, imports, importQueue }: Needs,
  { body, siteKey, query }: { body: NodeJS.ReadableStream; siteKey: string; query: ImportQuery },
): Promise<PresentedImport> {
  const site = await sites.byKey(siteKey)
  const { id } = await imports.begin({ site, actor: ACTOR, format: query.format, options: optionsOf(query), dryRun: query.dryRun, body })
  const line = createProgressLine(process.stderr)
  let isOver = false
  const work = (async () => {
    while (!isOver) if (!(await importQueue.workOnOne(id))) await wait(ASK_MS)
  })()
  try {
    for (;;) {
      const row = await imports.find({ site, id })
      line.show(row)
      if (row.state === 'done' || row.state === 'failed') return presentImport(row)
      await Promise.race([work, wait(ASK_MS)])
    }
  } finally {
    isOver = true
    line.end()
    await work
  }
}

/** Readable for this user alone, since people's addresses are in it. @throws MalformedRequest for one that is there or cannot be made */
async function newFile(name: string): Promise<FileHandle> {
  return open(name, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EEXIST' ? 'is there already: name a new file' : `cannot be made: ${error.message}`
    throw MalformedRequest(`${name} ${reason}.`)
  })
}

async function writeRejects({ sites, imports }: Needs, { siteKey, id, file }: { siteKey: string; id: string; file: FileHandle }) {
  const { stream } = await imports.skipped({ site: await sites.byKey(siteKey), id })
  await pipeline(stream, file.createWriteStream({ flush: true }))
}

/** @throws MalformedRequest for what cannot be read, in a sentence for people */
async function openFile(name: string): Promise<NodeJS.ReadableStream> {
  const file = await open(name, 'r').catch((error: NodeJS.ErrnoException) => {
    throw MalformedRequest(NO_FILE[error.code ?? '']?.(name) ?? `${name} cannot be opened: ${error.message}`)
  })
  if (!(await file.stat()).isDirectory()) return file.createReadStream()
  await file.close()
  throw MalformedRequest(`${name} is a folder: name the file in it.`)
}

const NO_FILE: Record<string, (name: string) => string> = {
  ENOENT: (name) => `There is no file ${name}.`,
  ENOTDIR: (name) => `There is no file ${name}.`,
  EISDIR: (name) => `${name} is a folder: name the file in it.`,
  EACCES: (name) => `${name} may not be read by the user who runs this: change its permissions, or run it as its owner.`,
  EPERM: (name) => `${name} may not be read by the user who runs this: change its permissions, or run it as its owner.`,
}

function parse(program: Command, { format, dryRun, base, from, column }: Options): ImportQuery {
  const columns = column.length > 0 ? column.join(',') : undefined
  const parsed = ImportQuery.safeParse({ format, dryRun: String(dryRun), base, from, columns })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return program.error(`error: --${issue?.path[0] === 'columns' ? 'column' : String(issue?.path[0])} ${issue?.message ?? 'is not valid'}`)
}

const collect = (value: string, before: string[]) => [...before, value]
