import { readFileSync } from 'node:fs'

const { jest } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** The browser tests: the same way of running TypeScript, other files, and the built server instead of test databases. */
export default {
  ...jest,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/build/refuse-stale.ts',
  globalTeardown: undefined,
  testTimeout: 60_000,
}
