import { SaxesParser } from 'saxes'

export interface Item {
  fields: Record<string, string>
  meta: Record<string, string>
  comments: { fields: Record<string, string>; meta: Record<string, string> }[]
}

/** Reads a WXR as an importer does: the channel's fields, and its items with their comments. */
export function readWxr(text: string) {
  const channel: Record<string, string> = {}
  const items: Item[] = []
  const open: { name: string; text: string }[] = []
  let key = ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    open.push({ name, text: '' })
    if (name === 'item') items.push({ fields: {}, meta: {}, comments: [] })
    if (name === 'wp:comment') items.at(-1)?.comments.push({ fields: {}, meta: {} })
  })
  const take = (part: string) => {
    const last = open.at(-1)
    if (last) last.text += part
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', ({ name }) => {
    const value = open.pop()?.text ?? ''
    const parent = open.at(-1)?.name ?? ''
    const item = items.at(-1)
    if (parent === 'channel') channel[name] = value
    else if (parent === 'item' && item) item.fields[name] = value
    else if (parent === 'wp:comment') Object.assign(item?.comments.at(-1)?.fields ?? {}, { [name]: value })
    else if (name === 'wp:meta_key') key = value
    else if (name === 'wp:meta_value')
      Object.assign((parent === 'wp:postmeta' ? item?.meta : item?.comments.at(-1)?.meta) ?? {}, { [key]: value })
  })
  parser.write(text).close()
  return { channel, items }
}
