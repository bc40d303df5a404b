import { defineConfig } from 'vite'
import { keptFiles } from './kept-files.ts'
import { localeFiles } from './locale-files.ts'

/** What has to be installed beside the program: packages that bring machine code. All else becomes part of it. */
export const NATIVE = ['better-sqlite3']

/**
 * The programs of the server, each with all that it needs of packages: a start reads a few files instead of two thousand, and a release
 * needs no packages but the native ones. What is imported when it is needed stays a file of its own.
 */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ssr: { noExternal: true, external: NATIVE },
  plugins: [keptFiles, localeFiles],
  build: {
    ssr: true,
    emitAssets: true,
    outDir: '../dist',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: { server: 'server.ts', cli: 'cli.ts', worker: 'worker.ts', 'checkpoint-thread': 'database/checkpoint-thread.ts' },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'code/[name]-[hash].js',
        /** Names stay, for stack traces; V8 keeps the text of whatever it has loaded, so comments and blanks go. */
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        keepNames: false,
      },
    },
  },
})
