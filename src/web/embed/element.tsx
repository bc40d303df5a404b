import { render } from 'preact'
import { createApi } from './api.ts'
import { createKept } from './kept.ts'
import { optionsOf, type Script } from './options.ts'
import { targetOf } from './place.ts'
import css from './style.css?inline'
import { speak } from './texts.ts'
import { onThemeChange, themeFor } from './theme.ts'
import { Widget } from './widget.tsx'

/** How far below the screen it begins to load. */
const MARGIN = '800px'
const AGAIN_MS = 5000

let sheet: CSSStyleSheet | undefined

/**
 * `<balas-comments>`: loads when it comes near the screen, and shows what stands between its tags until then, or for good when the
 * server cannot be reached. Its styles are adopted, not inline, so that they work under any content security policy.
 */
export class BalasComments extends HTMLElement {
  static script: Script = { server: '', data: {} }
  static readonly observedAttributes = ['data-site', 'data-url', 'data-lang', 'data-order']
  #ends: (() => void)[] = []
  #isPlaced = false

  connectedCallback(): void {
    this.#isPlaced = true
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    if (!root.firstChild) root.append(document.createElement('slot'))
    sheet ??= styles()
    root.adoptedStyleSheets = [sheet]
    if (targetOf(location.hash)) return void this.#start(root)
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer.disconnect()
        void this.#start(root)
      },
      { rootMargin: MARGIN },
    )
    observer.observe(this)
    this.#ends.push(() => observer.disconnect())
  }

  disconnectedCallback(): void {
    this.#isPlaced = false
    for (const end of this.#ends.splice(0)) end()
  }

  /** A framework that leads to another article keeps the element and changes its attributes. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (!this.#isPlaced || before === after) return
    this.disconnectedCallback()
    this.connectedCallback()
  }

  async #start(root: ShadowRoot): Promise<void> {
    const options = optionsOf(this, BalasComments.script)
    let isWanted = true
    this.#ends.push(() => {
      isWanted = false
    })
    const api = createApi(options)
    const first = api.thread({ order: options.order }) // beside the texts: on a bad line the way there and back takes longest
    first.catch(() => undefined) // said where it is used
    const speech = await speak(options.server, options.languages).catch(() => null)
    if (!isWanted) return
    if (!speech) {
      const again = setTimeout(() => void this.#start(root), AGAIN_MS)
      this.#ends.push(() => clearTimeout(again))
      return
    }
    const kept = createKept(options)
    const paint = () =>
      render(
        <Widget
          root={root}
          api={api}
          first={first}
          kept={kept}
          speech={speech}
          order={options.order}
          theme={themeFor(this, optionsOf(this, BalasComments.script).theme)}
        />,
        root,
      )
    root.replaceChildren()
    paint()
    this.#ends.push(onThemeChange(this, paint), () => {
      render(null, root)
      root.append(document.createElement('slot'))
    })
  }
}

function styles(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}
