/**
 * Measures moving out of and into the built program: `npm run bench:transfer`, or `npm run bench:transfer -- export` for a part,
 * with a number of comments behind it for another size than a million. Every speed is also given as a ratio to bare better-sqlite3
 * in the same run.
 */
import { cpus } from 'node:os'
import { benchExport } from './transfer-export.ts'
import { benchImport } from './transfer-import.ts'

const parts = { export: benchExport, import: benchImport }
const asked = process.argv.slice(2)
const comments = Number(asked.find((each) => /^\d+$/.test(each)) ?? 1_000_000)
const names = asked.filter((each) => each in parts)
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, ${comments} comments`)
for (const [name, bench] of Object.entries(parts)) if (names.length === 0 || names.includes(name)) await bench({ comments })
