import type { Stage } from '../stage.ts'
import type { ImportFormat } from '../guess.ts'
import { rejectedIn } from './pile.ts'
import { HELP, REJECTS_FORMAT, type RejectsHeader } from './record.ts'

const AT_ONCE = 200

/** The list of what was left out, as the bytes of its lines: some of them at a time. */
export function* rejectLines({ stage, source, id }: { stage: Stage; source: ImportFormat; id: string }): Generator<Uint8Array, void> {
  const header: RejectsHeader = { type: 'header', format: REJECTS_FORMAT, version: 1, source, import: id, help: HELP }
  let lines = [JSON.stringify(header)]
  for (const record of rejectedIn(stage)) {
    lines.push(JSON.stringify(record))
    if (lines.length < AT_ONCE) continue
    yield bytesOf(lines)
    lines = []
  }
  if (lines.length > 0) yield bytesOf(lines)
}

const encoder = new TextEncoder() // each has memory of its own, which can be handed to another thread
const bytesOf = (lines: string[]): Uint8Array => encoder.encode(`${lines.join('\n')}\n`)
