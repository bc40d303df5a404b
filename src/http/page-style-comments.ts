/** Comments, the marked-up text in them, and the demo's article. The mark is an outline, since forced colours take shadows away. */
export const commentStyle = `
.comments, .replies { margin: 0; padding: 0; list-style: none; }
.comments > li { padding: 1.5rem 0; border-top: 1px solid var(--line); }
.comments > li:first-child { padding-top: 0; border-top: 0; }
.replies { margin-top: 1.5rem; padding-inline-start: clamp(.75rem, 3vw, 1.75rem); border-inline-start: 2px solid var(--line); }
.replies > li + li { margin-top: 1.5rem; }
.replies .replies .replies .replies .replies { padding-inline-start: 0; border: 0; }
.comment { scroll-margin: 1.5rem; }
.comment:target { background: var(--tint); box-shadow: 0 0 0 .7rem var(--tint); outline: 3px solid var(--accent); outline-offset: .7rem; }
.by { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: start; margin-bottom: .6rem; font-family: var(--sans); line-height: 1.35; }
.by > div { flex: 1; min-width: 10rem; }
.by h3 a { display: inline-block; min-height: 1.5rem; color: inherit; text-decoration-color: var(--edge); }
.by .meta a { display: inline-block; min-height: 1.5rem; text-decoration: none; }
.by .meta a:hover { text-decoration: underline; }
.by p { margin: .1rem 0 0; }
.avatar { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; font: 600 15px var(--sans); }
.avatar text { fill: #fff; }
.tone0 { fill: #7a4a2b; } .tone1 { fill: #2f5d62; } .tone2 { fill: #5b4a86; } .tone3 { fill: #8a3b3b; } .tone4 { fill: #3f6332; } .tone5 { fill: #2c5282; }
.badge { margin-inline-start: .5rem; padding: .1rem .45rem; border-radius: 2px; background: var(--accent); color: var(--on); font: 700 .75rem/1.4 var(--sans); white-space: nowrap; }
.removed { margin: 0; color: var(--soft); font-style: italic; }
.removed:is(:lang(ar), :lang(ja), :lang(zh)) { font-style: normal; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose p, .prose blockquote, .prose pre { margin: 0 0 .8rem; }
.prose p { unicode-bidi: plaintext; }
.prose blockquote { padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); color: var(--soft); }
.prose pre, .prose code { padding: .1em .3em; background: var(--tint); border-radius: 2px; font-size: .9em; white-space: pre-wrap; }
.prose pre { padding: .75rem; }
.prose pre code { padding: 0; font-size: 1em; }
.sample .soft { margin-bottom: .4rem; }
.answer { display: inline-block; margin: .35rem 0 -.35rem; padding: .35rem 0; font: 600 .875rem/1.4 var(--sans); }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1.5rem; padding: 0; list-style: none; font: .9375rem/1.6 var(--sans); }
.row a { display: inline-block; padding: .3rem 0; }
.row [aria-current] { color: inherit; font-weight: 700; text-decoration: none; }
.own { margin: 0 0 2rem; padding: 1rem 1.1rem; border: 1px dashed var(--edge); background: var(--wait); scroll-margin: 1.5rem; }
.own .notice { margin: 0 0 1rem; padding: 0 0 .9rem; border: 0; border-bottom: 1px dashed var(--edge); }
.sample { margin: 0; padding: 1.1rem; border: 1px solid var(--line); background: var(--field); }
.typed { margin: 0; padding: 1rem 1.1rem; background: var(--tint); font: .875rem/1.6 ui-monospace, monospace; white-space: pre-wrap; }
.respond { scroll-margin: 1rem; }
figure { margin: 0 0 1.75rem; }
figure svg { display: block; width: 100%; height: auto; border-radius: 3px; }
figcaption { margin-top: .5rem; }
.news .masthead { padding-top: 1.5rem; font-size: clamp(1.6rem, 1.2rem + 2.5vw, 2.4rem); text-align: center; }
.news footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.news .masthead p { margin: .15rem 0 0; font-weight: 400; }
.story > p { font-size: 1.125rem; line-height: 1.7; }
.story > .lead { margin-bottom: 1.25rem; font-size: 1.25rem; line-height: 1.5; }
.story > .meta { font-size: .875rem; line-height: 1.5; }
.story > .kicker { font-size: .8125rem; line-height: 1.4; }
`
