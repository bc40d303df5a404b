import { SaxesParser, type SaxesTagNS } from 'saxes'
import { declaredEncoding, startOfXml, toleratedMistake, withoutControls } from './xml-oddities.ts'
import { LONGEST, LONGEST_BYTES, MOST_DEPTH, MOST_PARTS } from './limits.ts'
import { textOf } from './text.ts'
import { TreeBuilder, type XmlElement } from './xml-tree.ts'
import { unreadable } from './unreadable.ts'

const MOST_ATTRIBUTES = 100
/** Before the first element there is a declaration and some remarks. */
const LONGEST_PROLOG_BYTES = 256 * 1024
/** WordPress sites with broken themes have a few; a file with more is something else. */
const MOST_MISTAKES = 1000

/** What was found below the containers: where one begins and ends, and everything else in them, whole. */
export type XmlFound =
  | { type: 'start' | 'end'; path: string; at: { line: number; column: number } }
  | { type: 'element'; path: string; element: XmlElement }

export interface XmlReading {
  file: string
  /** Paths of the elements that are entered, such as `rss/channel`; the first is the root's. */
  containers: string[]
  /** Names of elements that nobody wants, at any depth below a container. */
  ignored?: string[]
  /** How elements and attributes are called here, whatever prefix the file uses. */
  nameOf: (name: { uri: string; prefix: string; local: string }) => string
}

/**
 * Reads an XML file as a stream of small elements: those directly below the containers.
 *
 * Refuses document types and with them all entities but XML's own five. Small mistakes that real exports have (an unescaped `&`, control
 * characters, unquoted attributes, text before and after the document) are passed over; an element whose inner tags do not match has a flaw.
 *
 * @throws UnreadableFile, with line and column
 */
export async function* xmlElements(reading: XmlReading): AsyncGenerator<XmlFound, void> {
  const found: XmlFound[] = []
  const parser = createParser(reading, { report: (item) => found.push(item), retract: () => found.pop() })
  let isFirst = true
  let sinceEvent = 0
  for await (const piece of textOf({ file: reading.file, encodingOf: declaredEncoding })) {
    const text = isFirst ? startOfXml(piece) : withoutControls(piece)
    isFirst = false
    sinceEvent += Buffer.byteLength(text)
    try {
      if (parser.write(text)) sinceEvent = 0
    } finally {
      yield* found.splice(0)
    }
    // Behind the document there are only warnings of the program that wrote it.
    if (parser.isDone()) return
    parser.checkLength(sinceEvent)
  }
  try {
    parser.close()
  } finally {
    yield* found.splice(0)
  }
}

function createParser(
  { containers, ignored = [], nameOf }: XmlReading,
  { report, retract }: { report: (found: XmlFound) => void; retract: () => void },
) {
  const parser = new SaxesParser({ xmlns: true })
  const entered = new Set(containers)
  const unwanted = new Set(ignored)
  const path: string[] = []
  const builder = new TreeBuilder()
  let events = 0
  let mistakes = 0
  let sawEnd = false
  let attributes = 0
  let begin = { line: 1, column: 1 }
  let isDone = false
  /** The last event was the end of an element that was passed on. */
  let justReported = false
  const place = () => ({ line: parser.line, column: Math.max(1, parser.column) })
  const join = () => path.join('/')

  const open = (element: Pick<XmlElement, 'name' | 'attributes' | 'at'>) => {
    const { name, at } = element
    if (path.length === 0 && name !== containers[0]) throw unreadable(`This begins with <${name}>, not with <${containers[0]}>.`, at)
    if (path.length >= MOST_DEPTH) throw unreadable(`Elements are nested more than ${MOST_DEPTH} deep.`, at)
    path.push(name)
    if (!builder.isBuilding && entered.has(join())) report({ type: 'start', path: join(), at })
    else builder.open(element)
    if (builder.elements > MOST_PARTS) throw unreadable('A single record has too many parts.', at)
  }
  const close = () => {
    justReported = false
    const at = join()
    path.pop()
    if (!builder.isBuilding) return report({ type: 'end', path: at, at: place() })
    const element = builder.close()
    if (!element || unwanted.has(element.name)) return
    report({ type: 'element', path: at, element })
    justReported = true
  }

  parser.on('opentagstart', ({ name }) => {
    attributes = 0
    begin = { line: parser.line, column: Math.max(1, parser.column - name.length - 1) }
  })
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) throw unreadable(`An element has more than ${MOST_ATTRIBUTES} attributes.`, begin)
  })
  parser.on('opentag', (tag) => {
    if (isDone) return
    events++
    open({ name: nameOf(tag), attributes: attributesOf(tag, nameOf), at: begin })
  })
  parser.on('closetag', () => {
    if (isDone) return
    events++
    close()
    isDone = path.length === 0
  })
  parser.on('text', (text) => builder.text(text))
  parser.on('cdata', (text) => builder.text(text))
  parser.on('comment', () => void events++)
  parser.on('doctype', () => {
    throw unreadable('It has a document type (<!DOCTYPE …>), which no export has: refused.', place())
  })
  parser.on('error', ({ message }) => {
    if (isDone) return
    if (sawEnd)
      throw unreadable(
        path.length > 0 ? `The file ends before </${path.at(-1)}>: it was cut off.` : 'There is no XML in the file.',
        place(),
      )
    if (message.endsWith('unexpected close tag.') && builder.isBuilding) return builder.spoil('bad-xml')
    if (!HARMLESS.test(message)) mistakes++
    if (toleratedMistake(message) && mistakes <= MOST_MISTAKES) return
    if (justReported) retract()
    throw unreadable(`This is not well-formed XML: ${plain(message)}`, place())
  })

  return {
    place,
    /** @param bytes how many came since anything but text came out */
    checkLength(bytes: number): void {
      if (path.length === 0 && bytes > LONGEST_PROLOG_BYTES) throw unreadable('No document begins within 256 KB.', place())
      if (bytes > LONGEST_BYTES) throw unreadable(`A single text is longer than ${LONGEST} here.`, place())
    },
    isDone: () => isDone,
    /** Whether anything but text came out of this piece. */
    write(text: string): boolean {
      const before = events
      parser.write(text)
      return events > before
    },
    close(): void {
      sawEnd = true
      parser.close()
    },
  }
}

const attributesOf = ({ attributes }: SaxesTagNS, nameOf: XmlReading['nameOf']) =>
  Object.fromEntries(Object.values(attributes).map((attribute) => [nameOf(attribute), attribute.value]))

/** A file has as many of these as it has signs of that kind, and nothing is lost by them. */
const HARMLESS = /entity|unbound namespace/

/** Without the place that the parser puts before its messages. */
const plain = (message: string) => message.replace(/^\d+:\d+: /, '')
