/**
 * Reads a CSV by the grammar of RFC 4180, character by character, and refuses what the grammar does not allow or what this program
 * promises: every cell quoted, every record ended by CR LF.
 */
export function readCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  const take = (expected: string) => {
    if (!text.startsWith(expected, at))
      throw new Error(`expected ${JSON.stringify(expected)} at ${at}, found ${JSON.stringify(text.slice(at, at + 10))}`)
    at += expected.length
  }
  while (at < text.length) {
    take('"')
    let cell = ''
    for (;;) {
      const quote = text.indexOf('"', at)
      if (quote < 0) throw new Error('a cell has no end')
      cell += text.slice(at, quote)
      at = quote + 1
      if (text[at] !== '"') break
      cell += '"'
      at++
    }
    record.push(cell)
    if (text[at] === ',') {
      take(',')
      continue
    }
    take('\r\n')
    records.push(record)
    record = []
  }
  return records
}
