import { linkBareUrls } from './bare-links.ts'

/** Elements that go together with their text: what is in them was never meant to be read as a comment. */
export const DROPPED_WITH_TEXT =
  'script style textarea title xmp iframe noembed noframes noscript plaintext template svg math select option object'.split(' ')

/**
 * Settles what is markup in a typed comment and what is text, before any parser sees it, and links the bare URLs of the text.
 *
 * As in WordPress (`wp_pre_kses_less_than`), a `<` that begins no complete tag is text: `a < b`, `I <3 you` and everything behind
 * an unclosed `<b` stay readable. So is `<https://example.id>`, and an opening `<script>` that nothing closes, because a parser
 * would swallow the rest of the comment with it. HTML comments and declarations go. URLs inside `a`, `code` and `pre` stay as typed.
 *
 * The result is NOT safe: it is meant for the sanitiser. Linear in the length of the body.
 */
export function readTypedMarkup({ body }: { body: string }): string {
  const lastClosed = new Map([...body.matchAll(/<\/([a-z]+)/gi)].map((match) => [match[1]?.toLowerCase(), match.index]))
  const depth = { a: 0, code: 0, pre: 0 }
  let linksMade = 0
  let markup = ''
  for (const match of body.matchAll(TOKEN)) {
    const [token, closing, typedName] = match
    if (!token.startsWith('<')) {
      const linked = depth.a + depth.code + depth.pre === 0 ? linkBareUrls({ text: token, linksMade }) : { text: token, linksMade }
      markup += linked.text
      linksMade = linked.linksMade
      continue
    }
    if (token === '<') {
      markup += '&lt;'
      continue
    }
    // `<!-- … >`, `<!DOCTYPE …>` and `<? … >` have no name.
    if (typedName === undefined) continue
    const name = typedName.toLowerCase()
    if (closing === '' && DROPPED_WITH_TEXT.includes(name) && (lastClosed.get(name) ?? -1) < match.index) {
      markup += `&lt;${token.slice(1)}`
      continue
    }
    if (name === 'a' || name === 'code' || name === 'pre') depth[name] = Math.max(0, depth[name] + (closing === '' ? 1 : -1))
    markup += token
  }
  return markup
}

// A tag, a comment or declaration, a lone `<`, or text. Nothing reaches over the next `<`, which keeps matching linear; the
// alternatives inside a tag begin with different characters, so there is one way to match only.
const TOKEN = /<(\/?)([a-z][\w-]*(?::[a-z][\w-]*)?)(?:[\s/](?:[^<>"']|"[^<"]*"|'[^<']*')*)?>|<[!?][^<>]*>|<|[^<]+/gi
