import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const CORPORA = join(import.meta.dirname, '../../../shared/corpora')
/** One thing of each kind that a page must not run, load or submit. */
export const OWN = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#1;javascript:alert(1)" onclick=alert(1)>x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<style>@import "https://evil.example/x.css"</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<form action=https://evil.example><button>x</button></form>',
  '"><img src=https://evil.example/x>',
  '{{constructor.constructor("alert(1)")()}}',
  '<b onmouseover=alert(1) style="background:url(https://evil.example/x)">x</b>',
]

/** The published vectors of several sanitisers, where they lie beside the project. */
export function vectors(): string[] {
  if (!existsSync(CORPORA)) return OWN
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    if (value === null || typeof value !== 'object') return []
    return Object.values(value).flatMap(texts)
  }
  const files = ['dompurify.json', 'sanitize-html.json', 'bleach.json', 'nh3.json', 'ammonia.json']
  const found = files.flatMap((file) => texts(JSON.parse(readFileSync(join(CORPORA, file), 'utf8'))))
  return [...OWN, ...new Set(found.filter((text) => text.includes('<') && Buffer.byteLength(text) < 16_000 && text.isWellFormed()))]
}
