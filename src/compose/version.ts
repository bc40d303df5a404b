import { readFileSync } from 'node:fs'
import { manifestFile } from '../program-files.ts'

/** The program's version, from package.json. */
export const version = (): string => (JSON.parse(readFileSync(manifestFile(), 'utf8')) as { version: string }).version
