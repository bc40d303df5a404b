import { describe, expect, it } from '@jest/globals'
import { parse } from 'parse5'
import { sanitizeComment } from '../../src/markup/sanitize.ts'
import { lengthOf } from '../../src/mail/text.ts'
import { type HeldMail, renderHeld } from '../../src/notifications/templates.tsx'

const links = {
  approve: 'https://balas.example/moderate/A1',
  reject: 'https://balas.example/moderate/R1',
  spam: 'https://balas.example/moderate/S1',
}

function mailOf({ comment, ...changes }: Partial<Omit<HeldMail, 'comment'>> & { comment?: Partial<HeldMail['comment']> } = {}) {
  const body = comment?.body ?? 'Air setinggi <b>lutut</b>.\nLihat https://foto.example/1'
  return renderHeld({
    site: { name: 'Warta Kota', locale: 'id', timeZone: 'Asia/Jakarta' },
    comment: {
      id: '0193d9a0-1111-7abc-8def-0123456789ab',
      name: 'Siti Rahmawati',
      website: 'https://siti.example/',
      body,
      html: sanitizeComment({ body }).html,
      createdAt: new Date('2025-12-18T07:05:00Z'),
      maskedEmail: 's***@pembaca.example',
      networkLabel: '114.10.27.0/24',
      ...comment,
    },
    article: { url: 'https://warta.example/2025/banjir', title: 'Banjir di Jakarta' },
    reasons: ['Situs ini menahan setiap komentar.'],
    waiting: 1234,
    links,
    isEdit: false,
    ...changes,
  })
}

/** Every element of the HTML part, as a browser reads it. */
function elementsOf(html: string) {
  interface Node {
    nodeName: string
    attrs?: { name: string; value: string }[]
    childNodes?: Node[]
  }
  const all: { name: string; attributes: Record<string, string> }[] = []
  const walk = (node: Node) => {
    all.push({ name: node.nodeName, attributes: Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value])) })
    node.childNodes?.forEach(walk)
  }
  walk(parse(html))
  return all
}
const targetsOf = (html: string) => elementsOf(html).flatMap(({ attributes }) => attributes['href'] ?? [])

describe('the mail about a held comment', () => {
  it('says in Indonesian who wrote what, where, and why it waits', () => {
    const { subject, text, html } = mailOf()
    expect(subject).toBe('Komentar menunggu: “Banjir di Jakarta” – Warta Kota')
    expect(text).toContain('Penulis: Siti Rahmawati\nDikirim: 18 Desember 2025 pukul 14.05 WIB\nEmail: s***@pembaca.example\n')
    expect(text).toContain('\n> Air setinggi <b>lutut</b>.\n> Lihat https://foto.example/1\n')
    expect(text).toContain('Alasan ditahan:\n- Situs ini menahan setiap komentar.\n')
    expect(text).toContain('1.234 komentar sedang menunggu di Warta Kota.')
    expect(html).toContain('lang="id"')
    expect(html).toContain('Air setinggi <b>lutut</b>.')
    expect(html).toContain('Situs ini menahan setiap komentar.')
  })

  it('speaks English on an English site', () => {
    const { subject, text } = mailOf({ site: { name: 'Harbour Post', locale: 'en', timeZone: 'Europe/London' }, waiting: 1 })
    expect(subject).toBe('Comment waiting: “Banjir di Jakarta” – Harbour Post')
    expect(text).toContain('Sent: December 18, 2025 at 7:05 AM GMT')
    expect(text).toContain('Approve:\nhttps://balas.example/moderate/A1\n')
    expect(text).toContain('This is the only comment waiting on Harbour Post.')
  })

  it('offers three decisions, and says how the links work', () => {
    const { text, html } = mailOf()
    expect(targetsOf(html)).toEqual(['https://warta.example/2025/banjir', links.approve, links.reject, links.spam])
    for (const link of Object.values(links)) expect(text).toContain(`:\n${link}\n`)
    for (const part of [text, html]) expect(part).toContain('Tautan berlaku tujuh hari dan untuk satu keputusan.')
  })

  it('shows an edit beside what is public, and says what each decision does to it', () => {
    const { subject, text, html } = mailOf({ isEdit: true, before: { body: 'Dulu begini.', html: '<p>Dulu begini.</p>' } })
    expect(subject).toBe('Suntingan menunggu: “Banjir di Jakarta” – Warta Kota')
    expect(text).toContain('Teks baru:\n> Air setinggi')
    expect(text).toContain('Yang sekarang tayang:\n> Dulu begini.\n')
    expect(html).toContain('<p>Dulu begini.</p>')
    expect(text).toContain('“Setujui” menayangkan teks baru.')
  })

  it('needs no image, script or anything else from elsewhere', () => {
    const names = elementsOf(mailOf().html).map(({ name }) => name)
    expect(names.filter((name) => ['img', 'script', 'link', 'iframe', 'form', 'base', 'svg', 'object'].includes(name))).toEqual([])
    expect(mailOf().html).not.toMatch(/url\(|@import/)
  })

  it('has a subject of one line and 78 characters at most', () => {
    const long = {
      article: { url: 'https://warta.example/', title: `${'Banjir '.repeat(60)}👨‍👩‍👧` },
      site: { name: 'Warta Kota Jakarta Timur dan Sekitarnya', locale: 'id' },
    }
    for (const isEdit of [false, true]) {
      const { subject } = mailOf({ ...long, isEdit })
      expect(lengthOf(subject)).toBeLessThanOrEqual(78)
      expect(subject).toContain('…” – Warta Kota Jakarta Timur dan…')
    }
  })

  it('names the article by its address when it has no title', () => {
    const { subject, html } = mailOf({ article: { url: 'https://warta.example/?p=12', title: null } })
    expect(subject).toBe('Komentar menunggu: “warta.example/?p=12” – Warta Kota')
    expect(html.match(/warta\.example\/\?p=12<\/a>/g)).toHaveLength(1)
  })

  it('says nothing of what is not known', () => {
    const { text } = mailOf({ comment: { maskedEmail: null, website: null, networkLabel: null }, reasons: [], waiting: 0 })
    expect(text).not.toMatch(/Email:|Situs web:|Jaringan:|Alasan|sedang menunggu/)
  })
})

describe('hostile text in a mail', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'--></style></title><h1>x</h1>",
    '</div></body><form action=https://evil.example><button>Setujui</button></form>',
    '{{site}} {{t}} $t(mail.why) $& $1',
    'Halo\r\nBcc: korban@example.org\r\n\r\nisi',
    '\u202egnp.exe \u0000 \ud800 \u2028Setujui:\u2028https://evil.example/moderate/X',
    'Setujui:\nhttps://evil.example/moderate/X\n\n-- \nWarta Kota',
    '=?utf-8?Q?=0D=0ABcc:_x@evil.example?=',
  ]
  const everywhere = (text: string) =>
    mailOf({
      site: { name: text, locale: 'id', timeZone: 'Asia/Jakarta' },
      comment: {
        name: text,
        website: text,
        body: text,
        html: sanitizeComment({ body: text.replace(/[\0\ud800]/g, '') }).html,
        maskedEmail: text,
        networkLabel: text,
      },
      article: { url: text, title: text },
      reasons: [text],
      isEdit: true,
      before: { body: text, html: sanitizeComment({ body: text.replace(/[\0\ud800]/g, '') }).html },
    })

  it.each(HOSTILE)('stays text in the HTML part: %j', (text) => {
    const { html } = everywhere(text)
    const plain = elementsOf(mailOf({ isEdit: true, before: { body: '', html: '' } }).html)
    const elements = elementsOf(html)
    const names = new Set([...plain.map(({ name }) => name), 'b', 'br', 'u', 'pre', 'code', 'span'])
    expect(elements.filter(({ name }) => !names.has(name))).toEqual([])
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => name.startsWith('on'))).toEqual([])
    expect(targetsOf(html)).toEqual([links.approve, links.reject, links.spam])
    expect(elements.filter(({ name }) => name === 'h1')).toHaveLength(1)
  })

  it.each(HOSTILE)('forges no line of ours in the text part and no header: %j', (text) => {
    const { subject, text: part } = everywhere(text)
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u)
    expect(lengthOf(subject)).toBeLessThanOrEqual(78)
    const lines = part.split(/[\r\n\u0085\u2028\u2029\v\f]/)
    expect(lines.filter((line) => line === 'Setujui:')).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('https://'))).toEqual(Object.values(links))
    expect(lines.filter((line) => line.startsWith('Bcc:'))).toEqual([])
    expect(lines.filter((line) => line === '-- ')).toHaveLength(1)
  })

  it('is not filled in as if it were one of our templates', () => {
    expect(everywhere('{{site}} $t(mail.why)').subject).toContain('“{{site}} $t(')
  })
})
