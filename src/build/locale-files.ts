import { join } from 'node:path'
import type { Plugin } from 'vite'
import { locales } from '../locales/index.ts'
import { textsOf } from '../locales/texts.ts'

const TEXTS = join(import.meta.dirname, '../locales/texts.ts')
const PROGRAM_FILES = join(import.meta.dirname, '../program-files.ts')

/** Each language's texts as a file beside the program, read when somebody first asks for that language. */
export const localeFiles: Plugin = {
  name: 'locale-files',
  buildStart() {
    for (const locale of locales)
      this.emitFile({ type: 'asset', fileName: `files/${locale}.json`, source: JSON.stringify(textsOf(locale)) })
  },
  load: {
    filter: { id: TEXTS },
    handler: () => `import { readFileSync } from 'node:fs'
      import { packageFile } from ${JSON.stringify(PROGRAM_FILES)}
      const read = new Map()
      export function textsOf(locale) {
        if (!read.has(locale)) read.set(locale, JSON.parse(readFileSync(packageFile(\`\${locale}.json\`), 'utf8')))
        return read.get(locale)
      }`,
  },
}
