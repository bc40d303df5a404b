import { Readable, pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { MOST_PARTS } from './limits.ts'
import { textOf } from './text.ts'
import { unreadable } from './unreadable.ts'

const LONGEST_RECORD = 12 * 1024 * 1024
const MOST_CELLS = 1000

/**
 * The records of a CSV (RFC 4180) with the lines on which they begin: comma, semicolon, tab or bar between cells, as the first line has
 * them or Excel's `sep=` says. A quote inside an unquoted cell is a quote. Empty lines are no records.
 *
 * @throws UnreadableFile, with line and column
 */
export async function* csvRecords({ file }: { file: string }): AsyncGenerator<{ cells: string[]; line: number }, void> {
  const texts = textOf({ file })
  const first = await texts.next()
  if (first.done) return
  const head = first.value.slice(0, LONGEST_HEAD).split(/\r\n|\r|\n/, 1)[0] ?? ''
  const announced = /^"?sep=(.)"?$/i.exec(head)?.[1]
  const delimiter = announced ?? delimiterIn(head)
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_RECORD })
  const records = pipeline(Readable.from(guarded({ first: first.value, rest: texts, delimiter })), parser, () => {}) as AsyncIterable<
    string[]
  >
  let line = 1
  try {
    for await (const cells of records) {
      const begin = line
      // An empty line is a record too here, so every line end is either in a cell or behind a record.
      line += 1 + cells.reduce((sum, cell) => sum + lineEnds(cell), 0)
      if (cells.length > MOST_CELLS) throw unreadable(`A row has more than ${MOST_CELLS} cells.`, { line: begin })
      if (cells.every((cell) => cell === '') || (announced && begin === 1)) continue
      yield { cells, line: begin }
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(reasonOf(error), { line }) : error
  }
}

const lineEnds = (cell: string) => cell.match(/\r\n|\r|\n/g)?.length ?? 0

/** The parser holds a row until its end, however many cells it has. */
async function* guarded({
  first,
  rest,
  delimiter,
}: {
  first: string
  rest: AsyncIterable<string>
  delimiter: string
}): AsyncGenerator<string, void> {
  let cells = 0
  const checked = (text: string) => {
    const end = text.lastIndexOf('\n')
    cells = (end < 0 ? cells : 0) + countOf(delimiter, text.slice(end + 1))
    if (NOTHING.test(text)) throw unreadable('There are more than 10,000 empty lines.')
    if (cells > MOST_PARTS) throw unreadable('A single row has too many cells.')
    return text
  }
  yield checked(first)
  for await (const text of rest) yield checked(text)
}

const NOTHING = /(?:\r?\n){10000}/

function countOf(sign: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count++
  return count
}

const LONGEST_HEAD = 64 * 1024

/** The sign that parts the most cells of the first line, quoted ones aside. */
function delimiterIn(line: string): string {
  const bare = line.replace(/"(?:[^"]|"")*"/g, '')
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }))
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).sign
}

function reasonOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'A quoted cell that begins here has no end: the file was cut off, or a quote is missing.'
  if (code === 'CSV_MAX_RECORD_SIZE') return 'A single row is longer than 12 MB.'
  return `This is not a well-formed CSV: ${message}`
}
