import { readFileSync } from 'node:fs'

const { jest } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const { runtime: _kept, testEnvironment: _scope, ...isolated } = jest

/**
 * All tests, measuring which lines of the program they run. Modules are loaded anew for each file here, since V8 counts what it loads
 * while it counts. What a worker thread or a built program runs is not seen, so the number is a lower bound.
 */
export default {
  ...isolated,
  rootDir: '../..',
  collectCoverage: true,
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'json-summary'],
  coverageDirectory: '<rootDir>/node_modules/.cache/balas/coverage',
  collectCoverageFrom: ['src/**/*.{ts,tsx}', '!src/database/generated/**', '!src/web/**', '!src/{server,cli,worker}.ts', '!src/locales/**'],
}
