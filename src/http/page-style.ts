import { commentStyle } from './page-style-comments.ts'

/** Colours, type and the frame of every page; no `"`, `&` or `<` may stand in it (see `renderPage`). */
const base = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --field: #fff; --tint: #f4efe5; --ink: #1f1c18; --soft: #5e584e; --line: #ded7ca; --edge: #857d70;
  --accent: #96231b; --link: #1b4f83; --good: #1c683a; --bad: #a4160e; --wait: #fbf1d8; --on: #fff;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, Georgia, 'Noto Serif', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --field: #211f1c; --tint: #262320; --ink: #ece8df; --soft: #aca598; --line: #3a3732; --edge: #7f786c;
    --accent: #f0968a; --link: #93c0ee; --good: #86d3a4; --bad: #ff9b90; --wait: #322a17; --on: #171614;
  }
}
@media (prefers-reduced-motion: no-preference) {
  a, button, input, textarea { transition: color .15s, background-color .15s, border-color .15s; }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 46rem; padding: 0 clamp(1rem, 4vw, 2rem) 4rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.65 var(--serif); overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h1 { margin: 0 0 .75rem; font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.5rem); letter-spacing: -.012em; }
h2 { margin: 0 0 1rem; font-size: 1.4rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0 0 1rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
[tabindex='-1']:focus-visible { outline-offset: 0; border-radius: 0; }
h2.label { margin: 1.75rem 0 .5rem; font: 600 .875rem/1.4 var(--sans); }
.alone { padding-top: clamp(3rem, 14vh, 8rem); }
main > section { margin-top: 3rem; padding-top: 1.75rem; border-top: 1px solid var(--line); }
.masthead { margin-bottom: clamp(1.75rem, 5vw, 3rem); padding: 1.1rem 0 .9rem; border-bottom: 4px double var(--edge); font-weight: 700; font-size: 1.2rem; line-height: 1.3; }
.masthead a { color: inherit; text-decoration: none; }
.kicker { margin: 0 0 .5rem; color: var(--accent); font: 700 .8125rem/1.4 var(--sans); letter-spacing: .06em; text-transform: uppercase; }
.soft, .meta { color: var(--soft); font-family: var(--sans); font-size: .875rem; line-height: 1.5; }
.meta a { color: inherit; }
.lead { color: var(--soft); font-size: 1.125rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.notice, .problem { margin: 1.25rem 0 2rem; padding: .9rem 1.1rem; border-inline-start: 4px solid var(--accent); background: var(--wait); }
.problem { border: 2px solid var(--bad); background: none; }
.notice > :last-child, .problem > :last-child { margin-bottom: 0; }
.problem ul { padding-inline-start: 1.25rem; }
.problem a { color: var(--bad); font-weight: 700; }
form { font-family: var(--sans); line-height: 1.5; }
.field { margin: 0 0 1.25rem; }
.field label { display: block; margin-bottom: .35rem; font-weight: 600; font-size: .9375rem; }
.req { color: var(--bad); }
.hint { margin: -.1rem 0 .45rem; color: var(--soft); font-size: .875rem; }
.wrong { margin: .4rem 0 0; color: var(--bad); font-weight: 600; font-size: .875rem; }
input, textarea, button { font: inherit; color: inherit; }
.field input, textarea { display: block; width: 100%; min-height: 2.9rem; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: 3px; background: var(--field); }
textarea { min-height: 9rem; resize: vertical; line-height: 1.6; }
[aria-invalid] { border: 2px solid var(--bad) !important; }
.check { display: flex; gap: .65rem; align-items: start; margin: 0 0 1.5rem; font-size: .9375rem; }
.check input { flex: none; width: 1.25rem; height: 1.25rem; margin: .1rem 0 0; accent-color: var(--accent); }
button { min-height: 2.9rem; padding: .65rem 1.5rem; border: 1px solid transparent; border-radius: 3px; background: var(--ink); color: var(--paper); font-weight: 700; cursor: pointer; }
button:hover { background: var(--accent); color: var(--on); }
button.big { width: 100%; min-height: 3.75rem; margin: 1.25rem 0 .75rem; font-size: 1.2rem; }
button.approve { background: var(--good); color: var(--on); }
button.spam, button.reject { background: var(--bad); color: var(--on); }
button.big:hover { filter: brightness(.9); }
dl { margin: 0 0 1.5rem; }
dt { color: var(--soft); font: 600 .8125rem/1.5 var(--sans); }
dd { margin: 0 0 .75rem; }
.steps { padding-inline-start: 1.4rem; }
.steps li { margin-bottom: 1.25rem; }
.steps p { margin: 0; }
code { font-size: .9em; }
pre, code { direction: ltr; unicode-bidi: isolate; }
[dir=rtl] h1, [dir=rtl] .kicker { letter-spacing: 0; }
@media (min-width: 36rem) {
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.25rem; }
  .facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem; }
  .facts dt { padding-top: .2rem; }
  .facts dd { margin: 0; }
  button.big { width: auto; min-width: 18rem; }
}
`

/** The one style of all pages, without the blanks that only its writers need. */
export const pageStyle = (base + commentStyle)
  .trim()
  .replace(/\s*([{};,])\s*/g, '$1')
  .replaceAll(': ', ':')
