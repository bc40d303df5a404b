import { type DefaultTreeAdapterTypes as Tree, html as namespaces, parseFragment } from 'parse5'

const ALLOWED: Record<string, string[]> = {
  a: ['href', 'title', 'rel'],
  abbr: ['title'],
  blockquote: ['cite'],
  q: ['cite'],
  ...Object.fromEntries('b br cite code del em i p pre s strike strong'.split(' ').map((tag) => [tag, []])),
}

/** Parses HTML as a browser does and names everything in it that a comment must not hold. */
export function offences(html: string): string[] {
  return elements(html).flatMap((node) => {
    if (!('tagName' in node)) return [`a ${node.nodeName} node`]
    const allowed = ALLOWED[node.tagName]
    if (node.namespaceURI !== namespaces.NS.HTML || allowed === undefined) return [`<${node.tagName}> of ${node.namespaceURI}`]
    return node.attrs.flatMap(({ name, value }) => {
      if (!allowed.includes(name)) return [`${node.tagName}[${name}]`]
      if (name === 'rel') return value === 'nofollow ugc noopener' ? [] : [`rel="${value}"`]
      if (name === 'href') return ['http:', 'https:', 'mailto:'].includes(new URL(value).protocol) ? [] : [`href="${value}"`]
      if (name === 'cite') return ['http:', 'https:'].includes(new URL(value).protocol) ? [] : [`cite="${value}"`]
      return []
    })
  })
}

/** The `href` of every link that a browser would show. */
export function linksIn(html: string): string[] {
  return elements(html).flatMap((node) =>
    'tagName' in node && node.tagName === 'a' ? node.attrs.filter(({ name }) => name === 'href').map(({ value }) => value) : [],
  )
}

/** What a browser makes of HTML, written down again the way we write it. The same string means: read exactly as it stands. */
export function asBrowsersRead(html: string): string {
  return parseFragment(html).childNodes.map(write).join('')
}

function elements(html: string): Tree.ChildNode[] {
  const below = (node: Tree.ChildNode): Tree.ChildNode[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(below) : [])]
  return parseFragment(html)
    .childNodes.flatMap(below)
    .filter((node) => node.nodeName !== '#text')
}

function write(node: Tree.ChildNode): string {
  if (node.nodeName === '#text' && 'value' in node) return escape(node.value)
  if (!('tagName' in node)) return `[${node.nodeName}]`
  const attributes = node.attrs.map(({ name, value }) => ` ${name}="${escape(value).replaceAll('"', '&quot;')}"`).join('')
  if (node.tagName === 'br') return '<br>'
  return `<${node.tagName}${attributes}>${node.childNodes.map(write).join('')}</${node.tagName}>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
