import { createHash } from 'node:crypto'
import { DEMO_MOTTO, DEMO_NOTE, DEMO_SITE, DEMO_TITLE } from '../../src/comments/view/demo-article.tsx'
import { pageStyle } from '../../src/http/page-style.ts'
import { pageHeaders, pageStyleHash } from '../../src/http/page.tsx'
import { locales, translator } from '../../src/locales/index.ts'
import { type Element, attribute, elementsOf, textOf } from './document.ts'
import { everyPage } from './every-page.tsx'

const HARMLESS = { text: 'Budi', url: 'https://warta.example/gerbong' }
const pagesIn = (locale: string, typed = HARMLESS) => Object.entries(everyPage({ t: translator(locale), locale }, typed))
const tags = (elements: Element[], ...names: string[]) => elements.filter((element) => names.includes(element.tagName))

describe.each(locales)('every page in %s', (locale) => {
  test.each(pagesIn(locale))('%s: a document with its language, one title, one main heading and one main part', (_, page) => {
    const elements = elementsOf(page)
    expect(page).toMatch(/^<!doctype html>/)
    expect(attribute(tags(elements, 'html')[0], 'lang')).toBe(locale)
    expect(tags(elements, 'title').map(textOf)).toEqual([expect.stringMatching(/\S/)])
    expect(tags(elements, 'h1')).toHaveLength(1)
    expect(tags(elements, 'main')).toHaveLength(1)
  })

  test.each(pagesIn(locale))('%s: headings go down one level at a time', (_, page) => {
    const levels = tags(elementsOf(page), 'h1', 'h2', 'h3', 'h4').map(({ tagName }) => Number(tagName.slice(1)))
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  })

  test.each(pagesIn(locale))('%s: ids are unique, and what names an id finds it', (_, page) => {
    const elements = elementsOf(page)
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const element of elements) {
      for (const name of ['for', 'aria-describedby', 'aria-labelledby']) {
        for (const id of attribute(element, name)?.split(' ') ?? []) expect(ids).toContain(id)
      }
    }
  })

  test.each(pagesIn(locale))('%s: every control has a label', (_, page) => {
    const elements = elementsOf(page)
    const labelled = tags(elements, 'label').map((label) => attribute(label, 'for'))
    const controls = tags(elements, 'input', 'textarea').filter((element) => attribute(element, 'type') !== 'hidden')
    for (const element of controls) expect(labelled).toContain(attribute(element, 'id'))
  })

  test.each(pagesIn(locale))('%s: no script, no style attribute, no handler, and the one style that the header allows', (_, page) => {
    const elements = elementsOf(page)
    expect(tags(elements, 'script')).toEqual([])
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name === 'style' || name.startsWith('on'))).toEqual([])
    const styles = tags(elements, 'style').map(textOf)
    expect(styles).toEqual([pageStyle])
    expect(`sha256-${createHash('sha256').update(styles.join('')).digest('base64')}`).toBe(pageStyleHash)
  })
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</textarea></title></style><script>alert(1)</script>',
  '--><svg onload=alert(1)>',
  '$t(form.submit) {{name}} {{- name}}',
  '&lt;b&gt; &#0; \u202e gnp.exe',
]

const english = { t: translator('en'), locale: 'en' }
const shapeOf = (elements: Element[]) => elements.map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)])

describe.each(HOSTILE)('typed everywhere: %s', (text) => {
  const shapes = everyPage(english, { text: 'x', url: 'javascript:alert(1)' })

  test.each(pagesIn('en', { text, url: `javascript:alert(1)//${text}` }))('%s: is text and nothing else', (name, page) => {
    const elements = elementsOf(page)
    expect(shapeOf(elements)).toEqual(shapeOf(elementsOf(shapes[name] ?? '')))
    const addresses = elements.flatMap(({ attrs }) => attrs.filter((attr) => ['href', 'src', 'action'].includes(attr.name)))
    expect(addresses.filter(({ value }) => /^\s*javascript:/i.test(value))).toEqual([])
  })
})

test('hostile text is shown as it was typed', () => {
  for (const text of HOSTILE.slice(0, -1)) {
    const page = everyPage(english, { text, url: 'https://x.example' })['thread'] ?? ''
    expect(tags(elementsOf(page), 'h1').map(textOf)).toEqual([text])
  }
})

test('no text is written into a page: all of it comes from the locale files or from people', () => {
  const pages = everyPage({ t: (key) => `[${key}]`, locale: 'en' }, { text: '123', url: 'https://1.2.3.4/5' })
  for (const [name, page] of Object.entries(pages)) {
    const own = elementsOf(page).flatMap((element) => visible(element).map((text) => ({ name, text })))
    expect(own.filter(({ text }) => /\p{L}/u.test(text.replace(/\[[\w.]+\]/g, '')))).toEqual([])
  }
})

/** What people see or hear of an element itself; dates, and the demo's article, are no texts of the program. */
function visible(element: Element): string[] {
  if (['style', 'time'].includes(element.tagName) || isDemo(element)) return []
  const spoken = ['aria-label', 'title', 'alt', 'placeholder'].flatMap((name) => attribute(element, name) ?? [])
  const texts = element.childNodes.flatMap((node) => ('value' in node ? [node.value] : []))
  return [...spoken, ...texts].filter((text) => !DEMO_TEXTS.includes(text))
}

const DEMO_TEXTS = [`${DEMO_TITLE} – ${DEMO_SITE}`, DEMO_SITE, DEMO_MOTTO, DEMO_NOTE]

function isDemo(element: Element): boolean {
  if (attribute(element, 'class') === 'story') return true
  const { parentNode } = element
  return parentNode !== null && 'tagName' in parentNode && isDemo(parentNode)
}

test('pages are small before any comment', () => {
  for (const name of ['thread, empty', 'demo, empty', 'setup', 'decide, approve', 'error 404']) {
    for (const locale of locales) {
      const page = everyPage({ t: translator(locale), locale }, HARMLESS)[name] ?? ''
      expect(Buffer.byteLength(page)).toBeLessThan(15_000)
      expect(page).not.toHaveLength(0)
    }
  }
})

describe('the headers of a page', () => {
  const policy = (formAction?: string[]) => pageHeaders(formAction ? { formAction } : {})['Content-Security-Policy']

  test('allow nothing but the style, own pictures and own forms', () => {
    expect(policy()).toBe(
      `default-src 'none'; style-src '${pageStyleHash}'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    )
  })

  test('let a form lead to the given origins', () => {
    expect(policy(['https://warta.example', 'http://[::1]:8080'])).toContain("form-action 'self' https://warta.example http://[::1]:8080;")
  })

  test('take no directive, wildcard or path for an origin', () => {
    const forged = [
      'https://a.example;script-src *',
      'https://a,b',
      '*',
      'https://*.example',
      'https://a.example/x',
      "'unsafe-inline'",
      'null',
    ]
    expect(policy(forged)).toBe(policy())
  })

  test('keep a page from being stored or found when asked, and never hide the origin of a form', () => {
    expect(pageHeaders({ noStore: true, noindex: true })).toMatchObject({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    })
    expect(pageHeaders()).not.toHaveProperty('Cache-Control')
    expect(pageHeaders()['Referrer-Policy']).toBe('strict-origin-when-cross-origin')
  })
})
