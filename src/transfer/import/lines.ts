import { createReadStream } from 'node:fs'
import { UnreadableFile } from './source.ts'

export interface Line {
  /** From 1. */
  number: number
  text: string
  /** With its line feed, as it stands in the file. */
  bytes: Buffer
}

const LF = 0x0a

/**
 * The lines of a UTF-8 file, one after another.
 * @throws UnreadableFile for a line that is too long or no UTF-8, with line and column
 */
export async function* linesOf({ file, mostBytes }: { file: string; mostBytes: number }): AsyncGenerator<Line, void> {
  let number = 0
  let pending: Buffer[] = []
  let length = 0
  const take = (bytes: Buffer): Line => ({ number: ++number, text: decode(bytes, number), bytes })
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      const rest = chunk.subarray(from, at + 1)
      from = at + 1
      yield take(pending.length === 0 ? rest : Buffer.concat([...pending, rest]))
      pending = []
      length = 0
    }
    pending.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > mostBytes) throw UnreadableFile(`Line ${number + 1} is longer than ${mostBytes / 1024 / 1024} MiB.`)
  }
  if (length > 0) yield take(Buffer.concat(pending))
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Buffer, number: number): string {
  try {
    const text = strict.decode(bytes)
    return number === 1 ? text.replace(/^\ufeff/, '') : text
  } catch {
    throw UnreadableFile(`Line ${number}, column ${columnOfBadByte(bytes)}: this is not UTF-8.`)
  }
}

/** In characters, from 1: what is left of a text when it is read as UTF-8 is the same up to the first bad byte. */
function columnOfBadByte(bytes: Buffer): number {
  const text = bytes.toString('utf8')
  let column = 1
  let at = 0
  for (const character of text) {
    if (character === '\ufffd' && bytes.subarray(at, at + 3).toString('hex') !== 'efbfbd') return column
    at += Buffer.byteLength(character)
    column++
  }
  return column
}
