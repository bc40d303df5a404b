import { isUtf8 } from 'node:buffer'
import { bytesOf } from './bytes.ts'
import { unreadable } from './unreadable.ts'

/** Counts lines and columns (from 1, in characters) along a text. */
export class Cursor {
  #line = 1
  #column = 1

  pass(text: string): void {
    const last = text.lastIndexOf('\n')
    if (last < 0) {
      this.#column += text.length
      return
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++
    this.#column = text.length - last
  }

  place(): { line: number; column: number } {
    return { line: this.#line, column: this.#column }
  }
}

/**
 * A text file, or one compressed by gzip, in pieces of whole characters, without its byte order mark.
 *
 * @param encodingOf the encoding that the file itself names, from its first bytes; UTF-8 when it names none
 * @throws UnreadableFile, with line and column, where the bytes are no text in that encoding
 */
export async function* textOf({
  file,
  encodingOf = () => undefined,
}: {
  file: string
  encodingOf?: (head: Buffer) => string | undefined
}): AsyncGenerator<string, void> {
  const cursor = new Cursor()
  let decode: Decode | null = null
  for await (const chunk of bytesOf({ file, standing: () => cursor.place() })) {
    decode ??= decoderFor({ head: chunk, label: encodingOf(chunk), cursor })
    const text = decode(chunk)
    cursor.pass(text)
    if (text !== '') yield text
  }
  if (!decode) throw unreadable('The file is empty.')
  const rest = decode(null)
  if (rest !== '') yield rest
}

/** Takes the next bytes, or null at the end. */
type Decode = (bytes: Buffer | null) => string

function decoderFor({ head, label = 'utf-8', cursor }: { head: Buffer; label: string | undefined; cursor: Cursor }): Decode {
  const wide = wideEncoding(head)
  if (wide) throw unreadable(`The file is in ${wide}. Save it as UTF-8 and try again.`, { line: 1, column: 1 })
  if (/^utf-?8$/i.test(label)) return utf8Decoder(cursor)
  const decoder = otherDecoder(label)
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw unreadable(`The file says that it is in ${label}, and is not.`, cursor.place())
    }
  }
}

/** UTF-16 and UTF-32 by their byte order marks, or by the zeros that the first letters have in them. */
export function wideEncoding(head: Buffer): string | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16 (little-endian)'
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)'
  if (a === 0 && b === 0) return 'UTF-32'
  if (a === 0 && b !== 0 && c === 0) return 'UTF-16 (big-endian)'
  if (a !== 0 && b === 0 && d === 0) return c === 0 ? 'UTF-32' : 'UTF-16 (little-endian)'
  return null
}

function otherDecoder(label: string) {
  try {
    const decoder = new TextDecoder(label, { fatal: true })
    // The bytes were seen not to be UTF-16, whatever the file says.
    return decoder.encoding.startsWith('utf-16') ? new TextDecoder('utf-8', { fatal: true }) : decoder
  } catch {
    throw unreadable(`The file says that it is in "${label}", which cannot be read. Save it as UTF-8 and try again.`, { line: 1 })
  }
}

function utf8Decoder(cursor: Cursor): Decode {
  let carried = Buffer.alloc(0)
  let isFirst = true
  return (bytes) => {
    const all = bytes ? Buffer.concat([carried, bytes]) : carried
    const length = bytes ? completeLength(all) : all.length
    carried = all.subarray(length)
    const whole = all.subarray(0, length)
    if (!isUtf8(whole)) throw notUtf8(whole, cursor)
    const hasMark = isFirst && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf
    if (length > 0) isFirst = false
    return whole.toString('utf8', hasMark ? 3 : 0)
  }
}

/** How many of the bytes are whole characters, when the last one may go on in the next chunk. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function notUtf8(bytes: Buffer, cursor: Cursor) {
  const readable = (length: number) => isUtf8(bytes.subarray(0, completeLength(bytes.subarray(0, length))))
  let low = 0
  let high = bytes.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (readable(middle)) low = middle
    else high = middle
  }
  const good = completeLength(bytes.subarray(0, low))
  cursor.pass(bytes.toString('utf8', 0, good))
  const byte = (bytes[good] ?? 0).toString(16).padStart(2, '0')
  return unreadable(`The file is not in UTF-8: the byte ${byte} is no character here. Save it as UTF-8 and try again.`, cursor.place())
}
