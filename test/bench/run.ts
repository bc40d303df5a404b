/**
 * Measures the built server on this machine: `npm run bench`, or `npm run bench -- submissions`, `threads`, `mails`, `reads`, `queue` or
 * `footprint` for a part.
 * Every speed is also given as a ratio to a ceiling measured in the same run, since machines differ and ratios do not much.
 */
import { cpus } from 'node:os'
import { benchFootprint } from './footprint.ts'
import { benchMails } from './mails.ts'
import { benchQueuePage } from './queue.ts'
import { benchReads } from './reads.ts'
import { benchSubmissions } from './submissions.ts'
import { benchThreads } from './threads.ts'

const parts = {
  submissions: benchSubmissions,
  threads: benchThreads,
  mails: benchMails,
  reads: benchReads,
  queue: benchQueuePage,
  footprint: benchFootprint,
}
const asked = process.argv.slice(2)
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`)
for (const [name, bench] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await bench()
