import { describe, expect, it } from '@jest/globals'
import { sanitizeComment } from '../../src/markup/sanitize.ts'
import { commentInMail } from '../../src/notifications/comment-in-mail.ts'

const shown = (body: string) => commentInMail(sanitizeComment({ body }).html)

describe('a comment in a mail', () => {
  it('keeps its markup', () => {
    const { html, cut } = shown('Air <b>tinggi</b>,\n<em>sekali</em>.\n\n<blockquote>45 cm</blockquote><pre>a\n b</pre> 1 < 2 & "3"')
    expect(html).toContain('<p>Air <b>tinggi</b>,<br>\n<em>sekali</em>.</p>')
    expect(html).toContain('<blockquote>')
    expect(html).toContain('<pre>a\n b</pre>')
    expect(html).toContain('1 &lt; 2 &amp; ')
    expect(cut).toBe(false)
  })

  it('has no links, but says where each would lead', () => {
    const { html } = shown(
      '<a href="https://evil.example/?a=1&b=2" title="Approve">Approve this <b>comment</b></a> https://plain.example/x',
    )
    expect(html).not.toContain('<a')
    expect(html).not.toContain('title')
    expect(html).toContain('<u>Approve this <b>comment</b></u> <span class="target">[https://evil.example/?a=1&amp;b=2]</span>')
    expect(html).toContain('<u>https://plain.example/x</u>')
    expect(html.match(/class="target"/g)).toHaveLength(1)
  })

  it('spells out a target that only looks like the text', () => {
    expect(shown('<a href="https://evil.example/">https://bank.example/</a>').html).toContain('[https://evil.example/]')
  })

  it.each([
    '</p></div></td></table><h1>x</h1>',
    '<div style="position:fixed">x</div>',
    '<b>never closed',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<p onclick="x" style="color:red">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://x.example" style="background:green">x</a>',
    '<form><button>Approve</button></form>',
    '<',
    '<b',
    '</b></b>x<b>',
  ])('is inert even if the stored HTML were %s', (stored) => {
    const { html } = commentInMail(stored)
    expect(html).not.toMatch(/<(?!\/?(?:abbr|b|blockquote|br|cite|code|del|em|i|p|pre|q|s|strike|strong|u|span class="target"|span)>)/)
    const opened = [...html.matchAll(/<([a-z]+)/g)].map(([, name = '']) => name).filter((name) => name !== 'br')
    const closed = [...html.matchAll(/<\/([a-z]+)/g)].map(([, name = '']) => name)
    expect(opened.toSorted()).toEqual(closed.toSorted())
  })

  it.each([
    ['of markup', '<b>x</b>'.repeat(2000)],
    ['of paragraphs', 'x\n\n'.repeat(5000)],
    ['that is one word', '&'.repeat(16_000)],
    ['of characters of two units', '👍'.repeat(4000)],
    ['of nested quotes', '<blockquote>'.repeat(500) + 'x'.repeat(9000)],
  ])('stays short enough that no mail program hides what follows a comment %s', (_name, body) => {
    const { html } = shown(body)
    expect(Buffer.byteLength(html)).toBeLessThan(60_000)
    expect(html).not.toMatch(/&(?!(?:amp|lt|gt|quot);)/)
    expect(html.isWellFormed()).toBe(true)
  })

  it('says when the end was left out', () => {
    const { html, cut } = shown('&'.repeat(16_000))
    expect(cut).toBe(true)
    expect(html).toMatch(/&amp;<\/p>$/)
  })
})
