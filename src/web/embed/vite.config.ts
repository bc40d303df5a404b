import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const locales = join(import.meta.dirname, '../../locales')
const textsVersion = createHash('sha256')
for (const file of readdirSync(locales).toSorted()) textsVersion.update(readFileSync(join(locales, file)))

/** The widget: one classic script, so that `<script src=".../embed.js" defer>` is all that a page needs. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  /** Names the texts that fit this build, so that browsers may keep them for ever. */
  define: { TEXTS_VERSION: JSON.stringify(textsVersion.digest('hex').slice(0, 12)) },
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    lib: { entry: 'main.ts', formats: ['iife'], name: 'balas', fileName: () => 'embed.js' },
  },
})
