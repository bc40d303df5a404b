import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { idOf } from '../../src/transfer/import/stable-id.ts'

const PER_THREAD = 50

/** Writes our own NDJSON: fifty comments to an article, every third of which answers another. */
export async function writeHistory({ file, comments }: { file: string; comments: number }): Promise<void> {
  const out = createWriteStream(file)
  const hash = createHash('sha256')
  const write = async (record: object) => {
    const line = `${JSON.stringify(record)}\n`
    hash.update(line)
    if (!out.write(line)) await once(out, 'drain')
  }
  const at = (n: number) => new Date(Date.parse('2020-01-01T00:00:00Z') + n * 60_000)
  const idAt = (n: number, of: string) => idOf({ at: at(n), place: 0, of: `${of}${n}` })
  const threadOf = (n: number) => ({
    id: idAt(n - (n % PER_THREAD), 'thread'),
    url: `https://berita.example/${Math.floor(n / PER_THREAD)}`,
  })
  const filter = { status: null, since: null, until: null, url: null }
  await write({ type: 'header', format: 'balas', version: 1, emails: true, filter, snapshot: '/' })
  for (let n = 0; n < comments; n += PER_THREAD)
    await write({ type: 'thread', ...threadOf(n), title: 'Kereta malam', open: true, createdAt: at(n).toISOString() })
  for (let n = 0; n < comments; n++) {
    const thread = threadOf(n)
    const body = `Komentar nomor ${n} tentang kereta malam yang berhenti lebih lama di stasiun kecil itu.`
    await write({
      type: 'comment',
      id: idAt(n, 'comment'),
      threadId: thread.id,
      url: thread.url,
      parentId: n % 3 === 2 && n % PER_THREAD > 1 ? idAt(n - 1, 'comment') : null,
      status: n % 20 === 7 ? 'spam' : 'approved',
      version: 1,
      author: { name: `Pembaca ${n}`, website: null, email: `pembaca${n % 50_000}@example.com` },
      moderatorId: null,
      pageTitle: null,
      body,
      html: `<p>${body}</p>`,
      sanitizer: 1,
      createdAt: at(n).toISOString(),
      editedAt: null,
      verdicts: [],
      reports: [],
      revisions: [],
      history: [],
    })
  }
  out.end(`${JSON.stringify({ type: 'trailer', count: comments, sha256: hash.digest('hex') })}\n`)
  await once(out, 'finish')
}
