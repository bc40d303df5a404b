import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { NotFound } from '../errors.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { encodedFor, keepFile, type KeptBytes } from '../http/kept-bytes.ts'
import { type Locale, locales, translator } from '../locales/index.ts'
import { randomToken } from '../privacy/tokens.ts'
import { listAddress, readFilter } from './page-filter.ts'
import { adminPage } from './view/admin-page.tsx'

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    css: z.array(z.string()).optional(),
    imports: z.array(z.string()).optional(),
  }),
)
/** What the page's first load consists of, as addresses. */
interface FirstLoad {
  script: string
  chunks: string[]
  styles: string[]
  /** The texts of each language. */
  texts: Map<Locale, string>
}

const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The moderators' page: one shell for all its addresses, and the files that Vite built. What it shows comes from the API. */
export function adminRoutes({ webFolder }: { webFolder: URL }): Endpoint[] {
  const folder = new URL('admin/', webFolder)
  const kept = new Map<string, Promise<KeptBytes>>()
  let firstLoad: Promise<FirstLoad> | undefined

  const keptAsset = (file: string): Promise<KeptBytes> => {
    const known = kept.get(file)
    if (known) return known
    const read = readFile(new URL(`assets/${file}`, folder)).then(keepFile, () => Promise.reject(NotFound()))
    kept.set(file, read)
    read.catch(() => kept.delete(file)) // names that are asked for and not there must not pile up
    return read
  }

  return [
    endpoint({
      method: 'get',
      path: '/admin/assets/{file}',
      summary: 'A script or style of the moderators’ page; its name holds its hash',
      tag: 'Moderators',
      page: true,
      params: z.object({ file: z.string().regex(/^[\w-][\w.-]{0,120}\.(?:js|css)$/) }),
      answers: { 200: { description: 'A file' } },
      handle: async ({ params, req, res }) => {
        const { body, headers, etag } = encodedFor(await keptAsset(params.file), req.headers['accept-encoding'])
        res.vary('Accept-Encoding')
        const type = TYPES[params.file.split('.').pop() ?? ''] ?? 'application/octet-stream'
        const always = { ETag: etag, 'Cache-Control': FOR_EVER, 'Cross-Origin-Resource-Policy': 'same-origin' }
        return { status: 200, bytes: body, headers: { ...always, ...headers, 'Content-Type': type } }
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin{/*path}',
      summary: 'The moderators’ page',
      tag: 'Moderators',
      page: true,
      answers: { 200: { description: 'A page' } },
      handle: async ({ req }) => {
        firstLoad ??= readFirstLoad(folder)
        const nonce = randomToken()
        const locale = locales.find((each) => each === req.acceptsLanguages([...locales])) ?? 'en'
        const { script, styles, texts, chunks } = await firstLoad
        const known = texts.get(locale)
        const html = adminPage({
          t: translator(locale),
          locale,
          nonce,
          script,
          styles,
          asked: /\bbalas\.session_token=/.test(req.headers.cookie ?? '') ? askedFirst(req.originalUrl) : [],
          chunks: known ? [...chunks, known] : chunks,
        })
        return { status: 200, html, headers: headersWith(nonce) }
      },
    }),
  ]
}

/** What the page's script will ask for first; announced in the page's head, it is under way before the script is there. */
function askedFirst(address: string): string[] {
  const { pathname, search } = new URL(address, 'http://localhost')
  return ['/api/v1/me', ...(/^\/admin\/?$/.test(pathname) ? [listAddress(readFilter(search))] : [])]
}

async function readFirstLoad(folder: URL): Promise<FirstLoad> {
  const manifest = Manifest.parse(JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')))
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry)
  if (!entry) throw new Error('the built moderators’ page has no entry')
  const chunks = [...withImports(entry.imports ?? [], manifest)].flatMap((name) => manifest[name] ?? [])
  const address = (file: string) => `/admin/${file}`
  return {
    script: address(entry.file),
    chunks: chunks.map(({ file }) => address(file)),
    styles: [...chunks, entry].flatMap(({ css = [] }) => css).map(address),
    texts: new Map(
      locales.flatMap((locale): [Locale, string][] => {
        const chunk = manifest[`../../locales/${locale}.ts`]
        return chunk ? [[locale, address(chunk.file)]] : []
      }),
    ),
  }
}

/** Chunks and what they import in turn, each once. */
function withImports(names: string[], manifest: z.output<typeof Manifest>, found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    withImports(manifest[name]?.imports ?? [], manifest, found)
  }
  return found
}

/** Scripts, requests and frames (mails as they look) go to ourselves only. Mantine writes its theme into a style element, which the nonce allows, and styles into attributes. */
const headersWith = (nonce: string) => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
})
