import { bytesOf } from './bytes.ts'
import { isFields } from './fields.ts'

/** What a JSON file is on the outside: one array, one object, or an object on each line (behind LeanCloud's `#filetype` or not). */
export async function jsonShapeOf({
  file,
  isRecord = () => false,
}: {
  file: string
  /** Tells a record of a file of lines from a document on one line. */
  isRecord?: (value: Record<string, unknown>) => boolean
}): Promise<'array' | 'object' | 'lines'> {
  const head = await headOf(file)
  if (head.startsWith('[')) return 'array'
  return head.startsWith('#filetype') || isRecordLine(head, isRecord) ? 'lines' : 'object'
}

async function headOf(file: string): Promise<string> {
  for await (const chunk of bytesOf({ file }))
    return chunk
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trimStart()
  return ''
}

function isRecordLine(head: string, isRecord: (value: Record<string, unknown>) => boolean): boolean {
  const [line = ''] = head.split('\n', 1)
  try {
    const value: unknown = JSON.parse(line)
    return isFields(value) && isRecord(value)
  } catch {
    return false
  }
}
