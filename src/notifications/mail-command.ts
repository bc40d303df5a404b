import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type Locale, locales } from '../locales/index.ts'
import type { Sites } from '../sites/sites.ts'
import type { Previews } from './preview.ts'

interface Needs {
  sites: Sites
  previews: Previews
}

interface Options {
  kind?: string
  locale?: Locale
  site: string
  out: string
}

/** The command that shows mails as they would go out. */
export function addMailCommand({
  program,
  withDeps,
  print,
}: {
  program: Command
  withDeps: (work: (needs: Needs) => Promise<void>) => Promise<void>
  print: (line: string) => void
}) {
  program
    .command('mail')
    .description('the mails that Balas sends')
    .command('preview')
    .description('write mails with invented data as .eml files, or print one')
    .option('--kind <kind>', 'such as comment.held; all of them when absent')
    .addOption(new Option('--locale <locale>', "the site's language when absent").choices([...locales]))
    .option('--site <key>', 'whose name and language they have', 'default')
    .option('--out <folder>', 'where the .eml files go; - prints the mail to standard output', '-')
    .action((options: Options) => withDeps((deps) => preview(deps, options, print)))
}

async function preview({ sites, previews }: Needs, { kind, locale, site: key, out }: Options, print: (line: string) => void) {
  const site = await sites.byKey(key)
  const kinds = kind === undefined ? previews.kinds : [kind]
  if (out !== '-') await mkdir(out, { recursive: true })
  for (const each of kinds) {
    const shown = previews.show({ site, kind: each, locale })
    const message = await previews.compose(shown)
    if (out === '-') {
      print(message.toString('utf8'))
      continue
    }
    const file = join(out, `${each}.${shown.locale}.eml`)
    await writeFile(file, message)
    print(file)
  }
}
