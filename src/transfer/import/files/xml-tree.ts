import { LONG } from './limits.ts'
import type { Reason } from '../reasons.ts'

/** An element with everything in it. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  /** Its own text, CDATA sections included, as one. */
  text: string
  children: XmlElement[]
  at: { line: number; column: number }
  /** Why it is not to be used: there is more in it than is kept, or its tags do not match. */
  flaw: Reason | null
}

/** Builds one element at a time; what is too much for it is left out and said (`isCut`). */
export class TreeBuilder {
  readonly #open: XmlElement[] = []
  #characters = 0
  /** In the one that is being built. */
  elements = 0

  get isBuilding(): boolean {
    return this.#open.length > 0
  }

  open({ name, attributes, at }: Pick<XmlElement, 'name' | 'attributes' | 'at'>): void {
    const element = { name, attributes, at, text: '', children: [], flaw: null }
    this.elements++
    this.#open.at(-1)?.children.push(element)
    this.#open.push(element)
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    if (!element) return
    this.#characters += text.length
    if (this.#characters <= LONG) {
      element.text += text
      return
    }
    this.spoil('too-long')
  }

  /** Says of the whole that is being built that it is not to be used. */
  spoil(flaw: Reason): void {
    const [top] = this.#open
    if (top) top.flaw ??= flaw
  }

  /** Closes the innermost element; gives back the whole when it was the outermost. */
  close(): XmlElement | null {
    const element = this.#open.pop()
    if (!element || this.#open.length > 0) return null
    this.#characters = 0
    this.elements = 0
    return element
  }
}

/** The text of the first child of that name, trimmed; empty when there is none. */
export const childText = (element: XmlElement, name: string): string =>
  element.children.find((child) => child.name === name)?.text.trim() ?? ''

/** What stands in an element, by the names of its children. */
export const textsOf = ({ children }: XmlElement): Record<string, string> =>
  Object.fromEntries(children.map(({ name, text }) => [name, text.trim()]))
