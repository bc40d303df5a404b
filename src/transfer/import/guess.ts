import { bytesOf } from './files/bytes.ts'
import { isSqlite } from './files/sqlite.ts'
import { unreadable } from './files/unreadable.ts'
import { rightExport } from './right-export.ts'
import { strangerIn } from './strangers.ts'

/** The formats that files are read in, and how people call them. */
export const formatLabels = {
  ndjson: 'our own NDJSON',
  wxr: 'a WordPress export (WXR)',
  disqus: 'a Disqus export',
  isso: "Isso's data",
  remark42: 'a Remark42 backup',
  cusdis: "Cusdis' data",
  commento: 'a Commento or Comentario export',
  artalk: "Artalk's Artrans",
  waline: "Waline's data",
  twikoo: 'a Twikoo export',
  csv: 'a CSV file',
} as const

export type ImportFormat = keyof typeof formatLabels

/** What a file can be: in a format, or what the import of one left out (rejects/). */
export type FileKind = ImportFormat | 'rejects'

const labels: Record<FileKind, string> = { ...formatLabels, rejects: 'a list of what an import left out' }

/**
 * Which format a file is in, by its first 64 KiB (unpacked).
 *
 * @param wished what it is said to be; `auto` to have the file tell
 * @throws UnreadableFile for a file that is certainly something else, or tells nothing: says what it is, and what to do instead
 */
export async function recognise({ file, wished }: { file: string; wished: FileKind | 'auto' }): Promise<FileKind> {
  const head = await headOf(file)
  if (head.length === 0) throw unreadable('The file is empty: the export or its download did not work. Make it again.')
  const format = certain(head)
  if (format && (wished === 'auto' || wished === format)) return format
  if (format && wished !== 'auto')
    throw unreadable(
      `This looks like ${labels[format]}, not like ${labels[wished]}. Import it as ${format} or auto; or take ${rightExport[wished]}.`,
    )
  const stranger = strangerIn(head)
  if (stranger) throw unreadable(stranger)
  if (wished !== 'auto') return wished
  if (looksLikeCsv(head)) return 'csv'
  throw unreadable(`The file does not tell what wrote it: name the format, one of ${Object.keys(labels).join(', ')}.`)
}

/**
 * Refuses a file that is certainly something else, by name: better than an error about its first sign.
 * @throws UnreadableFile
 */
export async function refuseOther({ file, name }: { file: string; name: ImportFormat }): Promise<void> {
  await recognise({ file, wished: name })
}

async function headOf(file: string): Promise<Buffer> {
  for await (const chunk of bytesOf({ file })) return chunk
  return Buffer.alloc(0)
}

function certain(head: Buffer): FileKind | null {
  if (isSqlite(head)) return inDatabase(head.toString('latin1'))
  if (head.subarray(0, 512).includes(0)) return null // an archive may hold an export as it is, unpacked
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  const start = text.trimStart()
  if (/^[{[#]/.test(start)) return inJson(start)
  if (/<disqus[\s>]/.test(text.slice(0, 4096))) return 'disqus'
  return /<rss[\s>]/.test(text.slice(0, 8192)) && text.includes('wordpress.org/export/') ? 'wxr' : null
}

function inDatabase(text: string): ImportFormat | null {
  if (text.includes('by_nickname')) return 'cusdis'
  if (/wl_(?:Comment|Users)\b/.test(text)) return 'waline'
  return text.includes('remote_addr') || text.includes('voters') ? 'isso' : null
}

/** The beginnings of files, then names that only one system uses. In this order: some systems import others' fields. */
const IN_JSON: [FileKind, RegExp][] = [
  ['rejects', /^\{"type":\s*"header",\s*"format":\s*"balas-rejects"/],
  ['ndjson', /^\{"type":"header",[^\n]*"format":"balas"/],
  ['waline', /^\{[^[]*"type":\s*"waline"|^#filetype:JSON-streaming/],
  ['commento', /"commentHex"|"commenterHex"|^\{\s*"version":\s*3,\s*"pages":/],
  ['remark42', /"locator":\s*\{|^\{\s*"version":\s*\d+,\s*"users":[^\n]*"posts":/],
  ['artalk', /"page_key"/],
  ['twikoo', /"mailMd5"/],
  ['waline', /"objectId"|"insertedAt"/],
  ['twikoo', /"isSpam"/],
  ['cusdis', /"by_nickname"/],
  ['isso', /^\[\s*\{[^]*"remote_addr"/],
  ['commento', /^\{[^[]*"(?:comments|commenters)":\s*\[/],
]

const inJson = (text: string): FileKind | null => IN_JSON.find(([, sign]) => sign.test(text))?.[0] ?? null

function looksLikeCsv(head: Buffer): boolean {
  const [first = ''] = head.toString('utf8').split(/\r?\n/, 1)
  return !/^[\s\ufeff]*[<{[]/.test(first) && /[,;\t]/.test(first)
}
