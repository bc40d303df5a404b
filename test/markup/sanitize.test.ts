import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { makeParagraphs } from '../../src/markup/paragraphs.ts'
import { sanitizeComment, sanitizeMarkup, textOf } from '../../src/markup/sanitize.ts'
import { asBrowsersRead, linksIn, offences } from '../comments/markup.ts'

const htmlOf = (body: string) => sanitizeComment({ body }).html
const link = (url: string, text = url) => `<a href="${url}" rel="nofollow ugc noopener">${text}</a>`

/** Pieces that comments, and attacks on them, are made of. */
const TAGS =
  'a abbr b blockquote br cite code del em i p pre q s strike strong script style svg math title textarea iframe noscript table tr td select option form div template'
const PIECES = [
  ...TAGS.split(' ').flatMap((tag) => [`<${tag}>`, `</${tag}>`]),
  '<a href="http://a.id">',
  "<a href='https://b.id/?x=1&y=2' title='t'>",
  '<a href=javascript:alert(1)>',
  '<a href="mailto:a@b.id">',
  '<q cite="http://a.id">',
  '<blockquote cite="javascript:x">',
  '<abbr title="A &amp; B">',
  '<img src=x onerror=alert(1)>',
  ...'http://c.id/x www.d.id e@f.id [url=http://g.id] kata 😀 سلام'.split(' '),
  ...'&amp; &lt; &#60; &#x1F600; <!-- --> <![CDATA[ ]]> <!DOCTYPE <?php ?> < > " \' & = / `'.split(' '),
  '\n',
  '\n\n',
  ' ',
  '\t',
  '\u00a0',
]
const markup = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('what every comment holds, whatever was typed', () => {
  it('only allowed elements, attributes and addresses, and no HTML comments', () => {
    fc.assert(
      fc.property(markup, (body) => expect(offences(htmlOf(body))).toEqual([])),
      { numRuns: 3000 },
    )
  })

  it('nothing that a browser would read otherwise than it stands', () => {
    fc.assert(
      fc.property(markup, (body) => {
        // Browsers drop the first newline inside `pre`.
        const html = htmlOf(body).replaceAll('<pre>\n', '<pre>')
        expect(asBrowsersRead(html)).toBe(html.replaceAll('<pre>\n', '<pre>'))
      }),
      { numRuns: 3000 },
    )
  })

  it('as many links as it says', () => {
    fc.assert(
      fc.property(markup, (body) => {
        const { html, links } = sanitizeComment({ body })
        expect(linksIn(html)).toHaveLength(links)
      }),
      { numRuns: 3000 },
    )
  })

  it('the same HTML by the short way for plain text as by the long way', () => {
    const plain = fc.array(
      fc.oneof(fc.constantFrom('\n', '\n\n', ' ', '&', '& ', '&1', '&;', '>', '"', '#', 'http:/', 'www'), fc.string({ unit: 'grapheme' })),
    )
    fc.assert(
      fc.property(plain, (pieces) => {
        const body = pieces.join('').replaceAll(/(?!\n)\p{Cc}/gu, '')
        expect(htmlOf(body)).toBe(makeParagraphs({ html: sanitizeMarkup(body) }).html)
      }),
      { numRuns: 3000 },
    )
  })

  it('no offence in 16 KiB of any one piece', () => {
    for (const piece of PIECES) {
      const body = piece.repeat(Math.ceil(16_384 / piece.length)).slice(0, 16_384)
      expect({ piece, offences: offences(htmlOf(body)) }).toEqual({ piece, offences: [] })
    }
  })

  it('every word of plain text', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((word) => !/[<&\s\p{Cc}]|www\.|:\/\//iu.test(word)))
    fc.assert(fc.property(words, (typed) => expect(textOf(htmlOf(typed.join(' ')))).toBe(typed.join(' '))))
  })
})

describe('attacks', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in pieces', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
    ['a script with odd spacing', '<script/x src=//evil.id></script\t\n bar>'],
    ['an upper-case script', '<SCRIPT SRC=http://evil.id/x.js></SCRIPT>'],
    ['an event handler', '<b onmouseover=alert(1)>x</b>'],
    ['an event handler behind a slash', '<b/onclick="alert(1)">x</b>'],
    ['an image', '<img src=x onerror=alert(1)>'],
    ['an image with broken quotes', '<IMG """><SCRIPT>alert("XSS")</SCRIPT>">'],
    ['an svg', '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
    ['an svg animation', '<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>'],
    ['a math link', '<math><mi xlink:href="data:x,<script>alert(1)</script>">x</mi></math>'],
    ['namespace confusion', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'],
    ['a form in a form', '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>'],
    ['raw text left by noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">'],
    ['raw text left by textarea', '<textarea></textarea/><img src=x onerror=alert(1)></textarea>'],
    ['raw text left by xmp', '<xmp><img src=x onerror=alert(1)></xmp>'],
    ['raw text left by a title', '<title><a title="</title><img src=x onerror=alert(1)>"></title>'],
    ['an iframe', '<iframe srcdoc="<script>alert(1)</script>"><img src=x onerror=alert(1)></iframe>'],
    ['a style', '<style>@import "//evil.id";</style><b style="background:url(javascript:alert(1))">x</b>'],
    ['a class, an id and data', '<b class=x id=y data-z=1 name=w>x</b>'],
    [
      'a base, a link and a meta',
      '<base href=//evil.id><link rel=stylesheet href=x><meta http-equiv=refresh content="0;url=javascript:x">',
    ],
    ['a form', '<form action=//evil.id><input name=p autofocus onfocus=alert(1)><button formaction=javascript:x>x</button></form>'],
    ['an object', '<object data=javascript:alert(1)><embed src=x></object>'],
    ['an HTML comment', 'a<!-- x --><!--[if IE]><script>alert(1)</script><![endif]-->b'],
    ['a comment that ends oddly', '<!--><img src=x onerror=alert(1)>--!><script>alert(1)</script>'],
    ['CDATA', '<![CDATA[<script>alert(1)</script>]]>'],
    ['a processing instruction', '<?xml-stylesheet href="javascript:alert(1)"?><?php echo 1 ?>'],
    ['attributes in a closing tag', '<b>x</b onclick=alert(1)>'],
    ['an unclosed tag', '<img src=x onerror=alert(1) '],
    ['an unclosed quote', '<a href="http://x.id" title="><script>alert(1)</script>'],
    ['a template', '<template><script>alert(1)</script></template>'],
    ['a custom element', '<x-y onclick=alert(1)>x</x-y><o:p>x</o:p>'],
    ['a target', '<a href="http://x.id" target=_blank rel=opener download ping=//evil.id>x</a>'],
  ])('takes the sting out of %s', (_, body) => {
    expect(offences(htmlOf(body))).toEqual([])
    expect(linksIn(htmlOf(body)).filter((href) => !href.startsWith('http://x.id'))).toEqual([])
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'java&#10;script:alert(1)',
    '&#106;avascript:alert(1)',
    '&#x6A&#x61vascript&colon;alert(1)',
    'javascript&Tab;:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:http://x.id/1',
    'ftp://x.id/',
    'tel:112',
    '//evil.id/x',
    '\\\\evil.id',
    'http:\\\\evil.id',
    'http:evil.id',
    'http://',
    'http:///x.id',
    'https://[broken',
    '/wp-login.php',
    'page.html',
    '?a=b',
    '#comment-1',
    '',
    'http\u200b://x.id',
    'mailto:',
  ])('makes text of a link to %j', (href) => {
    expect(sanitizeComment({ body: `<a href="${href.replaceAll('<', '&lt;')}">klik</a>` })).toEqual({
      html: '<p>klik</p>',
      links: 0,
    })
  })

  it('lets entities bring in no control character, no bidi override and no carriage return', () => {
    expect(htmlOf('a&#8238;b&#1;c&#x7f;d&#13;e&#0;f')).toBe('<p>abcd<br>\ne\ufffdf</p>')
  })

  it('lets no bare URL break out of its attribute', () => {
    expect(offences(htmlOf('http://x.id/"onmouseover="alert(1) http://x.id/&quot;onclick=x http://x.id/\'><img src=x>'))).toEqual([])
    expect(htmlOf('http://x.id/&quot;x')).toBe(`<p>${link('http://x.id/')}"x</p>`)
  })
})

describe('markup that readers may use', () => {
  it.each(['abbr', 'b', 'cite', 'code', 'del', 'em', 'i', 'q', 's', 'strike', 'strong'])('keeps <%s>', (tag) => {
    expect(htmlOf(`satu <${tag}>dua</${tag}> tiga`)).toBe(`<p>satu <${tag}>dua</${tag}> tiga</p>`)
  })

  it('keeps title and cite', () => {
    const body = '<abbr title="Rukun &quot;T&quot;">RT</abbr> <q cite="https://x.id/a">ya</q>'
    expect(htmlOf(body)).toBe(`<p>${body}</p>`)
  })

  it('gives every link its rel, whatever rel it came with', () => {
    expect(htmlOf('<A HREF=https://x.id/ REL=dofollow TITLE=T>X</A>')).toBe(
      '<p><a href="https://x.id/" title="T" rel="nofollow ugc noopener">X</a></p>',
    )
    expect(htmlOf('<a href="mailto:a@b.id">tulis</a>')).toBe(`<p>${link('mailto:a@b.id', 'tulis')}</p>`)
  })

  it('keeps the text of other elements', () => {
    expect(htmlOf('<div><u>a</u> <table><tr><td>b</td></tr></table></div>')).toBe('<p>a b</p>')
  })

  it('closes what was left open', () => {
    expect(htmlOf('<b>satu <i>dua')).toBe('<p><b>satu <i>dua</i></b></p>')
    expect(htmlOf('<b>satu <i>dua</b> tiga</i>')).toBe('<p><b>satu <i>dua</i></b> tiga</p>')
  })

  it('ends a link where another begins', () => {
    expect(htmlOf('<a href="http://x.id">x<b><a href="http://y.id">y</a></b></a>')).toBe(
      `<p>${link('http://x.id', 'x')}${link('http://y.id', 'y')}</p>`,
    )
  })

  it('lets nothing nest without end', () => {
    const html = htmlOf('<b>'.repeat(2000) + 'x')
    expect(html).toBe(`<p>${'<b>'.repeat(32)}x${'</b>'.repeat(32)}</p>`)
  })

  it.each(['', ' \n\t ', '<b></b>', '<a href="http://x.id"></a>', '<p> </p><br>', '<img src=x>', '<!-- x -->', '<pre>\n</pre>', '&nbsp;'])(
    'is empty when %j leaves nothing to read',
    (body) => expect(sanitizeComment({ body })).toEqual({ html: '', links: 0 }),
  )
})

describe('text that looks like markup', () => {
  it.each([
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['if (a<b) return <b>1</b>', 'if (a&lt;b) return <b>1</b>'],
    ['I <3 you', 'I &lt;3 you'],
    ['x <y', 'x &lt;y'],
    ['<- panah -> <=>', '&lt;- panah -&gt; &lt;=&gt;'],
    ['AT&T &copy; &amp;lt; &lt;b&gt; &unknown; &#128512;', 'AT&amp;T © &amp;lt; &lt;b&gt; &amp;unknown; 😀'],
    ['İ</script> taruh <script> di bawah', 'İ taruh &lt;script&gt; di bawah'],
    ['taruh <script> di bawah', 'taruh &lt;script&gt; di bawah'],
    ['<!-- lupa ditutup', '&lt;!-- lupa ditutup'],
    ['\'kutip\' "dua" `tiga`', '\'kutip\' "dua" `tiga`'],
  ])('shows %j as it was meant', (body, html) => expect(htmlOf(body)).toBe(`<p>${html}</p>`))

  it.each([
    'Terima kasih, sangat membantu! Salam dari Yogyakarta — “mantap”.',
    'Keren 👍🏽👨‍👩‍👧‍👦🇮🇩',
    'שלום עולם — سلام دنیا',
    'ありがとう　ございます',
  ])('leaves %j alone', (body) => expect(htmlOf(body)).toBe(`<p>${body}</p>`))
})

describe('line breaks', () => {
  it.each([
    ['a newline is a break', 'satu\ndua', '<p>satu<br>\ndua</p>'],
    ['a blank line begins a paragraph', 'satu\n\ndua', '<p>satu</p>\n<p>dua</p>'],
    ['a line of spaces is blank', 'satu\n \t\ndua', '<p>satu</p>\n<p>dua</p>'],
    ['many blank lines are one', '\n\nsatu\n\n\n\n\ndua\n\n', '<p>satu</p>\n<p>dua</p>'],
    ['CR LF and CR are newlines', 'satu\r\ndua\rtiga\r\n\r\nempat', '<p>satu<br>\ndua<br>\ntiga</p>\n<p>empat</p>'],
    ['typed <br> and <p> are the breaks they stand for', '<p>a<br/>b</p><p>c</p>d', '<p>a<br>\nb</p>\n<p>c</p>\n<p>d</p>'],
    ['a newline behind <br> belongs to it', 'a<br>\nb<br><br>c', '<p>a<br>\nb</p>\n<p>c</p>'],
    ['breaks go around inline elements', 'a\n<b>b\n</b>c', '<p>a<br>\n<b>b</b><br>\nc</p>'],
    ['a blank line inside an element does not tear it', '<b>a\n\nb</b>', '<p><b>a<br>\n<br>\nb</b></p>'],
    [
      'a quotation holds paragraphs',
      'a\n<blockquote>b\n\nc</blockquote>\nd',
      '<p>a</p>\n<blockquote><p>b</p>\n<p>c</p></blockquote>\n<p>d</p>',
    ],
    [
      'quotations nest',
      '<blockquote><blockquote>a</blockquote>b</blockquote>',
      '<blockquote><blockquote><p>a</p></blockquote>\n<p>b</p></blockquote>',
    ],
    [
      'an inline element ends where a block begins',
      '<b>a<blockquote>b</blockquote></b>c',
      '<p><b>a</b></p>\n<blockquote><p>b</p></blockquote>\n<p>c</p>',
    ],
    ['nothing is inserted in pre', '<pre>a\n\n  b <b>c</b></pre>d', '<pre>a\n\n  b <b>c</b></pre>\n<p>d</p>'],
    ['<br> in pre is its newline', '<pre>a<br>b<p>c</p></pre>', '<pre>a\nbc</pre>'],
    ['a line of code stays in its line', 'ketik <code>npm ci</code> lalu', '<p>ketik <code>npm ci</code> lalu</p>'],
    [
      'lines of code keep their shape',
      'a\n<code>\nif (x < 1)\n\n  y()\n</code>\nb',
      '<p>a</p>\n<pre><code>if (x &lt; 1)\n\n  y()\n</code></pre>\n<p>b</p>',
    ],
    ['nothing is inserted in code inside an element', '<b><code>a\nb</code></b>', '<p><b><code>a\nb</code></b></p>'],
  ])('%s', (_, body, html) => expect(htmlOf(body)).toBe(html))
})

describe('bare URLs', () => {
  it.each([
    ['lihat http://contoh.id/a?b=1&c=2#d', `lihat ${link('http://contoh.id/a?b=1&amp;c=2#d')}`],
    ['https://contoh.id.', `${link('https://contoh.id')}.`],
    ['(https://id.wikipedia.org/wiki/Balas_(jawab)).', `(${link('https://id.wikipedia.org/wiki/Balas_(jawab)')}).`],
    ['"https://contoh.id", <https://x.id/>', `"${link('https://contoh.id')}", &lt;${link('https://x.id/')}&gt;`],
    ['HTTPS://CONTOH.ID/', link('HTTPS://CONTOH.ID/')],
    ['www.contoh.id/a', link('http://www.contoh.id/a', 'www.contoh.id/a')],
    ['https://x.id/?a=1&copy=2&amp;d=3', link('https://x.id/?a=1&amp;copy=2&amp;d=3')],
    ['https://bücher.example/日本', link('https://bücher.example/日本')],
    ['見てhttps://x.jp/', `見て${link('https://x.jp/')}`],
    ['<b>https://x.id</b>', `<b>${link('https://x.id')}</b>`],
    ['http://192.168.1.1:8080/x', link('http://192.168.1.1:8080/x')],
  ])('makes %j clickable', (body, html) => expect(htmlOf(body)).toBe(`<p>${html}</p>`))

  it.each([
    'budi@contoh.id',
    'budi@www.contoh.id',
    'www.budi@contoh.id',
    'www.budi.b@contoh.id',
    'mailto:budi@contoh.id',
    'foo.id',
    'baca readme.md dan src/a.ts',
    'www.',
    'www.saja',
    'http://',
    'https://.',
    'ftp://contoh.id',
    'javascript://contoh.id/%0aalert(1)',
    'xhttp://contoh.id',
    'hxxp://contoh.id',
    'https://bank.example@evil.example/',
    '[url=http://contoh.id]x[/url]',
    '[url]http://contoh.id[/url]',
  ])('leaves %j as text', (body) => expect(sanitizeComment({ body })).toEqual({ html: `<p>${body}</p>`, links: 0 }))

  it('leaves what stands in links, code and pre as text', () => {
    expect(htmlOf('<a href="http://x.id">http://y.id</a>')).toBe(`<p>${link('http://x.id', 'http://y.id')}</p>`)
    expect(htmlOf('<code>http://y.id</code>')).toBe('<p><code>http://y.id</code></p>')
    expect(htmlOf('<pre><b>http://y.id</b></pre>')).toBe('<pre><b>http://y.id</b></pre>')
  })

  it('makes twenty links and no more, over the whole comment', () => {
    const { html, links } = sanitizeComment({ body: 'http://x.id <b>www.y.id</b>\n'.repeat(30) })
    expect(links).toBe(20)
    expect(linksIn(html)).toHaveLength(20)
  })

  it('leaves a URL of unreasonable length as text', () => {
    const url = `http://contoh.id/${'a'.repeat(1000)}`
    expect(sanitizeComment({ body: url })).toEqual({ html: `<p>${url}</p>`, links: 0 })
  })

  it('counts typed links too', () => {
    expect(sanitizeComment({ body: '<a href="http://x.id">x</a> http://y.id <a href="mailto:a@b.id">z</a> <a>w</a>' }).links).toBe(3)
  })
})

describe('the plain text of a comment', () => {
  it.each([
    ['satu\ndua\n\ntiga', 'satu\ndua\n\ntiga'],
    ['<b>a</b> &lt;b&gt; "c" & d', 'a <b> "c" & d'],
    ['&amp;lt;', '&lt;'],
    ['a<blockquote>b\n\nc</blockquote>d', 'a\n\nb\n\nc\n\nd'],
    ['<code>x\n  y</code>', 'x\n  y'],
  ])('of %j reads like the comment', (body, text) => expect(textOf(htmlOf(body))).toBe(text))
})

const CORPORA = new URL('../../../shared/corpora/', import.meta.url)
const corpora = existsSync(CORPORA) ? readdirSync(CORPORA).filter((name) => name.endsWith('.json')) : []
const describeWhenPresent = corpora.length > 0 ? describe : describe.skip

describeWhenPresent('public test vectors', () => {
  it.each(corpora.length > 0 ? corpora : ['none'])('%s come out harmless and as browsers read them', (name) => {
    const vectors: { input: string }[] = JSON.parse(readFileSync(new URL(name, CORPORA), 'utf8'))
    for (const { input } of vectors) {
      const body = input.replaceAll('\0', '').toWellFormed()
      const { html, links } = sanitizeComment({ body })
      expect({ body, offences: offences(html) }).toEqual({ body, offences: [] })
      expect(linksIn(html)).toHaveLength(links)
      expect(asBrowsersRead(html.replaceAll('<pre>\n', '<pre>'))).toBe(html.replaceAll(/<pre>\n\n?/g, '<pre>'))
    }
    expect(vectors.length).toBeGreaterThan(0)
  })
})
