import { type DefaultTreeAdapterTypes, parse } from 'parse5'

export type Element = DefaultTreeAdapterTypes.Element

/** All elements of a page, in document order, as a browser would make them. */
export function elementsOf(page: string): Element[] {
  return [...walk(parse(page))]
}

function* walk(node: DefaultTreeAdapterTypes.ParentNode): Generator<Element> {
  for (const child of node.childNodes) {
    if (!('tagName' in child)) continue
    yield child
    yield* walk(child)
  }
}

export const attribute = (element: Element | undefined, name: string) => element?.attrs.find((attr) => attr.name === name)?.value

/** The text in an element and below it. */
export function textOf(node: DefaultTreeAdapterTypes.ChildNode | undefined): string {
  if (!node) return ''
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

/** An element by its id; fails when there is none. */
export function byId(elements: Element[], id: string): Element {
  const found = elements.find((element) => attribute(element, 'id') === id)
  if (!found) throw new Error(`no element #${id}`)
  return found
}

/** A form control by its name; fails when there is none. */
export function control(elements: Element[], name: string): Element {
  const found = elements.find((element) => ['input', 'textarea'].includes(element.tagName) && attribute(element, 'name') === name)
  if (!found) throw new Error(`no control named ${name}`)
  return found
}
