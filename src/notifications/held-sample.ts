import { translator } from '../locales/index.ts'
import { AUTOMATIC } from '../mail/headers.ts'
import type { Sample } from './preview.ts'
import { renderHeld } from './templates.tsx'

const WORDS = {
  id: {
    name: 'Siti Rahmawati',
    body: 'Air di jalan kami setinggi lutut sejak subuh. Semoga pompa cepat menyala.',
    title: 'Banjir di utara kota',
  },
  en: {
    name: 'Margaret Hill',
    body: 'The water has stood knee-deep in our street since dawn. I hope the pumps start soon.',
    title: 'Flood in the north',
  },
}

/** A comment, or an edit of one, that waits. */
export const heldSample =
  (isEdit: boolean): Sample =>
  ({ site, publicUrl, at }) => {
    const t = translator(site.locale)
    const words = site.locale === 'id' || site.locale === 'ms' ? WORDS.id : WORDS.en
    const html = `<p>${words.body}</p>`
    const link = `${publicUrl}/moderate/preview`
    const written = renderHeld({
      site,
      comment: {
        id: 'preview',
        name: words.name,
        website: 'https://reader.example/',
        body: words.body,
        html,
        createdAt: at,
        maskedEmail: 's***@reader.example',
        networkLabel: '203.0.113.0/24',
      },
      article: { url: 'https://news.example/2026/flood', title: words.title },
      reasons: [t(isEdit ? 'reason.edited' : 'reason.site-holds-all'), t('reason.links', { count: 2, links: 2, maxLinks: 2 })],
      waiting: 3,
      links: { approve: link, reject: link, spam: link },
      isEdit,
      ...(isEdit && { before: { body: words.title, html: `<p>${words.title}</p>` } }),
    })
    return { ...written, headers: AUTOMATIC }
  }
