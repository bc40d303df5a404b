import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { LONG, LONGEST, LONGEST_BYTES, MOST_DEPTH, MOST_PARTS } from './limits.ts'
import { Cursor, textOf } from './text.ts'
import { unreadable } from './unreadable.ts'
import type { Reason } from '../reasons.ts'

export interface JsonFound {
  /** Where it stands, without its number: `comments` for an element of that array, `` for one of the outermost, `version` for a member. */
  path: string
  /** The element of the outermost array that it stands in, from 0; null for what stands in none. */
  element: number | null
  value: unknown
  at: { line: number; column: number }
  flaw: Reason | null
}

/**
 * Reads the wanted parts of one JSON document as they come: the elements of arrays, and members with plain values.
 *
 * @param arrays paths of the arrays, such as `data.Comment`; `` for a file that is an array itself, `*.comments` for those in each of its elements
 * @throws UnreadableFile, with line and column
 */
export async function* jsonRecords({
  file,
  arrays,
  members = [],
}: {
  file: string
  arrays: string[]
  members?: string[]
}): AsyncGenerator<JsonFound, void> {
  const found: JsonFound[] = []
  const reader = createReader({ arrays, members, report: (record) => found.push(record) })
  for await (const text of textOf({ file })) {
    try {
      reader.write(Buffer.from(text))
    } finally {
      yield* found.splice(0)
    }
  }
  reader.end()
}

function createReader({ arrays, members, report }: { arrays: string[]; members: string[]; report: (record: JsonFound) => void }) {
  const tokenizer = new Tokenizer()
  const parser = new TokenParser({
    paths: [...arrays.map((path) => (path === '' ? '$.*' : `$.${path}.*`)), ...members.map((path) => `$.${path}`)],
    keepStack: false,
  })
  const chunk = createChunk()
  /** Where the objects and arrays that are open began. */
  const open: { line: number; column: number; offset: number; isArray: boolean; key: string }[] = []
  let closed = { line: 1, column: 1, offset: 0 }
  /** How many are open around the wanted record that is under way; else null. Parts are counted in it, and in each record beside it. */
  let around: number | null = null
  let tokens = 0
  let text = ''
  const names = arrays.map((path) => path.replace(/^\*\./, ''))
  const isElement = () => open.at(-1)?.isArray && names.includes(open.flatMap(({ key }) => (key === '' ? [] : [key])).join('.'))

  tokenizer.onToken = (info) => {
    const { token, offset } = info
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      const place = chunk.placeOf(offset)
      if (open.length >= MOST_DEPTH) throw unreadable(`It is nested more than ${MOST_DEPTH} deep.`, place)
      if (around === null && isElement()) {
        around = open.length
        tokens = 0
      }
      open.push({ ...place, offset, isArray: token === TokenType.LEFT_BRACKET, key: '' })
    }
    if (token === TokenType.STRING) text = String(info.value)
    const innermost = open.at(-1)
    if (token === TokenType.COLON && innermost) innermost.key = text
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) closed = open.pop() ?? closed
    if (++tokens > MOST_PARTS) throw unreadable('A single record has too many parts.', open.at(-1))
    chunk.tokenAt(offset)
    parser.write(info)
    if (around !== null && open.length <= around) around = null
    if (around === null && token === TokenType.RIGHT_BRACE && open.at(-1)?.isArray) tokens = 0
  }
  parser.onValue = ({ value, key, stack }) => {
    const keys = [...stack.slice(1).map((level) => level.key), key]
    const element = keys.length > 1 && typeof keys[0] === 'number' ? keys[0] : null
    const path = keys.filter((one) => typeof one !== 'number').join('.')
    const isObject = typeof value === 'object' && value !== null
    const { line, column, offset } = isObject ? closed : { ...chunk.placeOf(chunk.lastToken()), offset: chunk.lastToken() }
    const isLong = chunk.lastToken() - offset > LONG
    report({ path, element, value, at: { line, column }, flaw: isLong ? 'too-long' : null })
  }

  return {
    write(bytes: Buffer): void {
      chunk.next(bytes)
      try {
        tokenizer.write(bytes)
      } catch (error) {
        throw mistake(error, (byte) => (byte === null ? chunk.placeOf(chunk.lastToken()) : chunk.placeOfByte(byte)))
      }
      if (chunk.sinceToken() > LONGEST_BYTES) throw unreadable(`A single text is longer than ${LONGEST} here.`, chunk.end())
    },
    end(): void {
      if (parser.isEnded) return
      throw unreadable(open.length > 0 ? 'The file ends in the middle: it was cut off.' : 'There is no JSON in the file.', chunk.end())
    },
  }
}

/** The bytes under way, and where they stand in the file. */
function createChunk() {
  const cursor = new Cursor()
  let bytes: Buffer = Buffer.alloc(0)
  let start = 0
  let counted = 0
  let token = 0
  /** Passes the cursor on to an offset; never back. */
  const passTo = (offset: number) => {
    const upTo = Math.min(Math.max(offset - start, counted), bytes.length)
    cursor.pass(bytes.toString('utf8', counted, upTo))
    counted = upTo
  }
  return {
    next(following: Buffer): void {
      passTo(start + bytes.length)
      start += bytes.length
      counted = 0
      bytes = following
    },
    placeOf(offset: number) {
      passTo(offset)
      return cursor.place()
    },
    placeOfByte(byte: number) {
      passTo(start + byte)
      return cursor.place()
    },
    end() {
      passTo(start + bytes.length)
      return cursor.place()
    },
    tokenAt: (offset: number) => void (token = offset),
    lastToken: () => token,
    sinceToken: () => start + bytes.length - token,
  }
}

/** The parser says what it did not expect, and where: by the byte in the chunk or not at all. */
function mistake(error: unknown, placeOf: (byte: number | null) => { line: number; column: number }): unknown {
  const { message } = error as Error
  const [, what, byte] = /^Unexpected (.+?)(?: at chunk position "?(\d+)"?.*| \(.*| in state.*)$/s.exec(message) ?? []
  if (what === undefined) return error
  return unreadable(
    `This is not well-formed JSON: unexpected ${what.toLowerCase().replace('_', ' ').replace('\n', '\\n')}.`,
    placeOf(byte ? Number(byte) : null),
  )
}
