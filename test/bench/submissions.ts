import type { Request } from 'autocannon'
import SQLite from 'better-sqlite3'
import { sqliteCeiling } from './ceilings.ts'
import { line, load, ratio } from './load.ts'
import { newDataDir, startServer } from './server.ts'

let sent = 0

/** A reply with an author, a text and a network of its own each time. */
export const submission = (): Request => ({
  method: 'POST',
  path: '/api/v1/sites/default/comments',
  setupRequest: (request) => {
    sent++
    const headers = {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    }
    const body = JSON.stringify({
      url: `https://berita.example/artikel/${sent % 100}`,
      title: 'Kereta malam',
      name: `Pembaca ${sent}`,
      email: `pembaca${sent}@example.com`,
      body: `Komentar nomor ${sent} tentang kereta malam yang berhenti lebih lama di stasiun kecil itu.\n\nSaya kira itu baik bagi warga; semoga jadwalnya tetap begitu sampai tahun depan.`,
    })
    return { ...request, headers, body }
  },
})

/** How many submissions a second are on disk when their 201 is sent: distinct authors, texts and networks, 16 connections. */
export async function benchSubmissions(): Promise<void> {
  const before = await sqliteCeiling(4)
  const server = await startServer({ dataDir: await newDataDir() })
  const post = (duration: number) =>
    load({
      url: server.url,
      duration,
      requests: [submission()],
    })
  await post(3) // warm
  const storedBefore = count(server.file)
  const figures = await post(10)
  const stored = count(server.file) - storedBefore
  await server.stop()
  const after = await sqliteCeiling(4)
  const ceiling = (before + after) / 2
  console.log(`single-row SQLite inserts, WAL/FULL: ${Math.round(before)}/s before, ${Math.round(after)}/s after`)
  line('submissions, each 201 on disk', figures, `stored ${stored}   ratio ${ratio(figures.perSecond, ceiling)} (floor 0.20)`)
}

function count(file: string): number {
  const db = new SQLite(file, { readonly: true })
  const { n } = db.prepare('SELECT count(*) AS n FROM "Comment"').get() as { n: number }
  db.close()
  return n
}
