/** Mail programs hide what is longer than some 100 KB, and the links to decide stand below the comment. */
const LONGEST = 40_000

const TAGS = new Set('a abbr b blockquote br cite code del em i p pre q s strike strong'.split(' '))
const TOKEN = /<(\/?)([a-z]+)\b([^>]*)>|<|[^<]+/g

/**
 * A comment's stored HTML as it stands in a mail.
 *
 * A link becomes underlined text with its target spelled out behind it, so that nothing in the comment can be clicked by mistake
 * for one of our links, or hide where it leads. All attributes go, and every element is closed, whatever the HTML says.
 *
 * @param html as `sanitizeComment` made it: text and attribute values are escaped
 * @returns `cut`: whether the end was left out
 */
export function commentInMail(html: string): { html: string; cut: boolean } {
  const open: { name: string; href: string; from: number }[] = []
  let out = ''
  const close = () => {
    const element = open.pop()
    if (element) out += element.name === 'a' ? endLink({ href: element.href, text: out.slice(element.from) }) : `</${element.name}>`
  }
  for (const [token, closing, name = '', attributes = ''] of html.matchAll(TOKEN)) {
    if (out.length >= LONGEST) break
    if (name === '') out += token === '<' ? '&lt;' : atMost(token, LONGEST - out.length)
    else if (!TAGS.has(name)) continue
    else if (name === 'br') out += '<br>'
    else if (closing) {
      if (open.at(-1)?.name === name) close()
    } else {
      out += name === 'a' ? '<u>' : `<${name}>`
      open.push({ name, href: /\bhref="([^"]*)"/.exec(attributes)?.[1] ?? '', from: out.length })
    }
  }
  const cut = out.length >= LONGEST
  while (open.length > 0) close()
  return { html: out, cut }
}

const endLink = ({ href, text }: { href: string; text: string }) =>
  href === '' || href === text ? '</u>' : `</u> <span class="target">[${escapeAngles(href)}]</span>`

const escapeAngles = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The beginning of escaped text, not ending within an entity or a character. */
const atMost = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).replace(/&[^;\s]{0,9}$|[\ud800-\udbff]$/, '')
