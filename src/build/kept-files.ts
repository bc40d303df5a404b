import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plugin } from 'vite'
import { packageFile } from '../program-files.ts'

/** What the program reads of packages while it runs, as `packageFile` in program-files.ts names it. */
const FILES = ['swagger-ui-dist/swagger-ui.css', 'swagger-ui-dist/swagger-ui-bundle.js']
/** Where a generated client loads its query compiler: from a module of one long base64 text, which V8 would keep as long as the program runs. */
const CLIENT = /\/generated\/\w+\/internal\/class\.ts$/
const LOADED = /getQueryCompilerWasmModule: async \(\) => \{\s*const \{ wasm \} = await import\("([^"]+)\.wasm-base64\.mjs"\)[^}]*\}/
const PROGRAM_FILES = join(import.meta.dirname, '../program-files.ts')

/** Puts beside the program, into `files/`, what it reads of packages; the query compilers become files of that kind. */
export const keptFiles: Plugin = {
  name: 'kept-files',
  buildStart() {
    for (const name of FILES) this.emitFile({ type: 'asset', fileName: `files/${basename(name)}`, source: readFileSync(packageFile(name)) })
  },
  transform: {
    filter: { id: CLIENT },
    handler(code) {
      const [, name = ''] = LOADED.exec(code) ?? []
      const text = /"([A-Za-z0-9+/=]+)"/.exec(readFileSync(packageFile(`${name}.wasm-base64.mjs`), 'utf8'))?.[1]
      if (text === undefined) throw new Error('Prisma loads its query compiler in another way now')
      const file = `${basename(name)}.wasm`
      this.emitFile({ type: 'asset', fileName: `files/${file}`, source: Buffer.from(text, 'base64') })
      return `import { readFile } from 'node:fs/promises'
        import { packageFile } from ${JSON.stringify(PROGRAM_FILES)}
        let compiler
        const compile = async () => WebAssembly.compile(await readFile(packageFile(${JSON.stringify(file)})))
        ${code.replace(LOADED, 'getQueryCompilerWasmModule: () => (compiler ??= compile())')}` // one for all clients of the process
    },
  },
}
