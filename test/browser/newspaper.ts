import { execFile } from 'node:child_process'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { simpleParser } from 'mailparser'
import { newDataDir, startProcess } from '../bench/server.ts'

const DIST = join(import.meta.dirname, '../../dist')

export interface Comment {
  id: string
  status: string
}

/** A page of the newspaper: which attributes its widget has, what else stands in it. */
interface PageOptions {
  lang?: string
  attributes?: string
  before?: string
  after?: string
  head?: string
}

/** What a news site with a strict policy allows: our script, what it asks, our pictures; no inline script, no inline style. */
const strictPolicy = (server: string) =>
  [
    "default-src 'none'",
    `script-src ${server}`,
    `connect-src ${server}`,
    `img-src ${server}`,
    "style-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types balas',
  ].join('; ')

export type Newspaper = Awaited<ReturnType<typeof startNewspaper>>

/** A running server, and on another origin a newspaper whose articles hold the widget under a strict content security policy. */
export async function startNewspaper() {
  const dataDir = await newDataDir()
  const env = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }
  const balas = await startProcess({ args: [join(DIST, 'server.js')], env })
  const cli = async (args: string[], input = '') => {
    const run = promisify(execFile)(process.execPath, [join(DIST, 'cli.js'), ...args], { env: { ...process.env, ...env } })
    run.child.stdin?.end(input)
    return (await run).stdout.trim()
  }
  await cli(['owner', 'create', '--email', 'redaksi@example.com', '--password-stdin'], 'kereta-malam-berangkat')
  const key = await cli(['key', 'create', '--role', 'owner'])
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const api = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${balas.url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await (answer.status === 204 ? null : answer.json())) as Answer
  }

  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  const paper = createServer((req, res) => {
    const page = pages.get(req.url?.split('?')[0] ?? '')
    res.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers }).end(page?.html)
  })
  await new Promise<void>((resolve) => paper.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(paper.address() as AddressInfo).port}`
  await api('PATCH', '/sites/default', { allowedOrigins: [url], settings: { floodSeconds: 0, submissionsPerMinute: 100_000 } })
  let made = 0

  /** A link of the mail that holds some words, as soon as there is one. */
  async function linkInMail(words: string, pattern: RegExp, nth = 0): Promise<string> {
    for (;;) {
      for (const file of await readdir(join(dataDir, 'mail')).catch(() => [])) {
        const { text = '' } = file.endsWith('.eml') ? await simpleParser(await readFile(join(dataDir, 'mail', file))) : {}
        const link = text.includes(words) ? text.match(pattern)?.[nth] : undefined
        if (link) return link
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  const reply = async (article: string, fields: Record<string, unknown> = {}): Promise<Comment> => {
    const n = ++made
    const body = { url: article, name: `Pembaca ${n}`, email: `pembaca${n}@example.com`, body: `Komentar nomor ${n}`, ...fields }
    return (await api<{ comment: Comment }>('POST', '/sites/default/comments', body)).comment
  }
  const decide = (id: string, decision: string) => api('POST', `/moderation/comments/${id}/decisions`, { decision })

  return {
    balas: balas.url,
    origin: url,
    api,
    cli,
    /** Prints an article and gives its address. */
    article({ lang = 'id', attributes = '', head = '', before = '', after = '' }: PageOptions = {}): string {
      const path = `/2026/artikel-${++made}`
      const widget = `<balas-comments ${attributes}>Komentar</balas-comments>`
      const script = `<script src="${balas.url}/embed.js" data-site="default" defer></script>`
      const text = `<h1>Artikel ${made}</h1><p>${'Kereta malam berhenti lebih lama di stasiun kecil itu. '.repeat(8)}</p>`
      const page = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Artikel ${made}</title>${head}</head><body><main>${text}${before}${widget}${after}</main>${script}</body></html>`
      pages.set(path, { html: page, headers: { 'Content-Security-Policy': strictPolicy(balas.url) } })
      return url + path
    },
    /** Prints any other page, without a policy, and gives its address. */
    page(html: string, sent: Record<string, string> = {}): string {
      const path = `/halaman-${++made}`
      pages.set(path, { html: `<!doctype html><html lang="id"><meta charset="utf-8"><title>Halaman ${made}</title>${html}`, headers: sent })
      return url + path
    },
    reply,
    /** A reply that was approved; gives its id. */
    publish: async (article: string, fields: Record<string, unknown> = {}): Promise<string> => {
      const { id } = await reply(article, fields)
      await decide(id, 'approve')
      return id
    },
    /** The link of a decision in the mail that tells of a comment with these words. */
    mailLink: (words: string, decision: 'approve' | 'reject' | 'spam'): Promise<string> =>
      linkInMail(words, /http\S+\/moderate\/\S+/g, ['approve', 'reject', 'spam'].indexOf(decision)),
    /** The link of the mail that asks a reader of an article whether mails are wanted. */
    followLink: (article: string, purpose: 'confirm' | 'stop'): Promise<string> =>
      linkInMail(article, new RegExp(`http\\S+/follow/${purpose}/\\S+`, 'g')),
    decide,
    pending: async () => (await api<{ comments: (Comment & { body: string })[] }>('GET', '/moderation/comments?status=pending')).comments,
    stop: async () => {
      paper.closeAllConnections()
      await new Promise((resolve) => paper.close(resolve))
      await balas.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}
