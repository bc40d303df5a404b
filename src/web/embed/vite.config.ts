import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minify } from '@swc/core'
import { defineConfig, type Plugin } from 'vite'

const locales = join(import.meta.dirname, '../../locales')
const textsVersion = createHash('sha256')
for (const file of readdirSync(locales)
  .filter((name) => name.endsWith('.ts'))
  .toSorted())
  textsVersion.update(readFileSync(join(locales, file)))

/** Some hundred bytes less than Vite's own minifier leaves, which is the room for a language's texts. */
const smaller: Plugin = {
  name: 'smaller',
  async generateBundle(_options, bundle) {
    const compress = { passes: 3, ecma: 2022, toplevel: true, unsafe_arrows: true, keep_fargs: false, pure_getters: true } as const
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = (await minify(chunk.code, { compress, mangle: { toplevel: true }, ecma: 2022 })).code
    }
  },
}

/** The widget: one classic script, so that `<script src=".../embed.js" defer>` is all that a page needs. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  /** Names the texts that fit this build, so that browsers may keep them for ever. */
  define: { TEXTS_VERSION: JSON.stringify(textsVersion.digest('hex').slice(0, 12)) },
  plugins: [smaller],
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    lib: { entry: 'main.ts', formats: ['iife'], name: 'balas', fileName: () => 'embed.js' },
  },
})
