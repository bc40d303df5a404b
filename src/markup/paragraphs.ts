import { Flow } from './flow.ts'

/**
 * Makes the line breaks of sanitised HTML visible, as WordPress readers expect (`wpautop`): a blank line begins a paragraph, a single
 * newline is a `<br>`, nothing is inserted inside `pre` and `code`. Typed `<p>` and `<br>` count as the breaks they stand for.
 *
 * Beyond WordPress: `<code>` over several lines is wrapped in `pre`, so that its lines show; a blank line inside `<b>` and the like
 * gives two `<br>` instead of torn elements; markup around nothing is left out; a link ends where another begins. So what comes out
 * is read by every browser exactly as it stands.
 *
 * @param html as sanitize-html writes it: every `<` begins a tag, every element is closed
 * @returns the HTML, empty when there is nothing to read in it, and the number of links in it
 */
export function makeParagraphs({ html }: { html: string }): { html: string; links: number } {
  const flow = new Flow()
  const tokens = [...html.matchAll(TOKEN)]
  tokens.forEach(([token, closing, name], index) => {
    if (name === undefined) return flow.text(token)
    if (name === 'br') return flow.lineBreak()
    if (name === 'p') return flow.blankLine()
    if (name === 'blockquote') return closing ? flow.endQuote() : flow.startQuote(token)
    if (name === 'pre') return closing ? flow.endPre() : flow.startPre()
    if (closing) return flow.endInline(name)
    if (name === 'code' && flow.isBetweenElements && spansLines(tokens, index)) return flow.startCodeBlock(token)
    return flow.startInline(name, token)
  })
  return flow.finish()
}

const TOKEN = /<(\/?)([a-z]+)[^>]*>|[^<]+/g

/** True when the `code` element that begins at `from` holds a line break. */
function spansLines(tokens: RegExpExecArray[], from: number): boolean {
  let depth = 0
  for (let index = from; index < tokens.length; index += 1) {
    const [token = '', closing, name] = tokens[index] ?? []
    if (name === 'code') depth += closing ? -1 : 1
    if (depth === 0) return false
    if (name === 'br' || (name === undefined && token.includes('\n'))) return true
  }
  return false
}
