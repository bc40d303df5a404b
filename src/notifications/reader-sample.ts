import type { ReaderEvent } from './events.ts'
import { listHeaders } from '../mail/headers.ts'
import type { Sample } from './preview.ts'
import { renderReader } from './reader-templates.tsx'

const WORDS = {
  id: {
    name: 'Budi Santoso',
    body: 'Di tempat kami pompa baru menyala pukul sembilan.',
    own: 'Air di jalan kami setinggi lutut sejak subuh.',
    title: 'Banjir di utara kota',
  },
  en: {
    name: 'Thomas Reed',
    body: 'Ours only started at nine.',
    own: 'The water has stood knee-deep in our street since dawn.',
    title: 'Flood in the north',
  },
}

/** A mail to a reader about a comment of their own, or about one below it. */
const sampleOf =
  (kind: ReaderEvent, isBelow = false): Sample =>
  ({ site, publicUrl }) => {
    const { name, body, own, title } = site.locale === 'id' || site.locale === 'ms' ? WORDS.id : WORDS.en
    const text = isBelow ? body : own
    const link = (purpose: string) => `${publicUrl}/follow/${purpose}/preview`
    const written = renderReader({
      kind,
      site,
      article: { url: 'https://news.example/2026/flood', title },
      comment: { id: 'preview', name: kind === 'comment.answered' ? site.name : name, body: text, html: `<p>${text}</p>` },
      own: isBelow ? { body: own, html: `<p>${own}</p>` } : null,
      isDirect: true,
      isLastToday: false,
      links: { confirm: link('confirm'), stop: link('stop') },
    })
    return { ...written, headers: listHeaders({ siteKey: site.key, list: 'replies', mailDomain: 'example', stopHref: link('stop') }) }
  }

export const readerSamples: Record<ReaderEvent, Sample> = {
  'comment.approved': sampleOf('comment.approved'),
  'comment.rejected': sampleOf('comment.rejected'),
  'comment.replied': sampleOf('comment.replied', true),
  'comment.answered': sampleOf('comment.answered', true),
  'follow.asked': sampleOf('follow.asked'),
}
