import { defineConfig } from 'vite'

/** The moderators' page: modules by their hashes, named to the server by a manifest; a language and each rarer page are chunks of their own. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/admin/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: '../../../dist/web/admin',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { admin: 'main.tsx' },
      /** Whatever the first load needs is one file, also what rarer pages share with it: browsers ask HTTP/1.1 for six at a time. */
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      /** "use client" is for servers that render React; every file of Mantine says so. */
      onLog: (level, log, write) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && write(level, log),
    },
  },
})
