import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { endpoint, type Endpoint, type Input } from '../http/endpoint.ts'
import { encodedFor, isFresh, keepFile, type KeptBytes } from '../http/kept-bytes.ts'
import { pageHeaders } from '../http/page.tsx'
import { translator } from '../locales/index.ts'
import { widgetTexts } from '../locales/widget-texts.ts'
import type { Sites } from '../sites/sites.ts'
import { widgetDemoPage } from './view/demo-page.tsx'

const ANYWHERE = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
/** Short, so that a new release of the widget is everywhere within the hour; stale for a day, so that nobody waits for it. */
const SCRIPT_CACHE = 'public, max-age=600, stale-while-revalidate=86400'
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The widget: its script, its texts by language, and an article to try it on. */
export function embedRoutes({ sites, publicUrl, webFolder }: { sites: Sites; publicUrl: string; webFolder: URL }): Endpoint[] {
  let script: Promise<KeptBytes> | undefined
  const kept = new Map<string, KeptBytes>()
  const textsFor = (wanted: string) => {
    const texts = widgetTexts(wanted)
    const bytes = kept.get(texts.locale) ?? keepFile(Buffer.from(JSON.stringify(texts)))
    kept.set(texts.locale, bytes)
    return bytes
  }

  return [
    endpoint({
      method: 'get',
      path: '/embed.js',
      summary: 'The widget',
      tag: 'Readers',
      answers: {
        200: { description: 'A script that makes `<balas-comments>` a comment box', type: 'text/javascript' },
        304: { description: 'Nothing has changed' },
      },
      handle: async ({ req, res }) => {
        script ??= readFile(new URL('embed.js', webFolder)).then(keepFile)
        return answer({ kept: await script, req, res, type: 'text/javascript; charset=utf-8', cache: SCRIPT_CACHE })
      },
    }),
    endpoint({
      method: 'get',
      path: '/embed/{version}/{languages}.json',
      summary: "The widget's texts in the first of some languages that there is",
      tag: 'Readers',
      params: z.object({
        version: z.string().max(40).meta({ description: 'Tells releases apart, nothing more' }),
        languages: z.string().max(200).meta({ description: 'Best first, parted by commas: `id-ID,en`' }),
      }),
      answers: { 200: { description: 'Texts by key' }, 304: { description: 'Nothing has changed' } },
      handle: ({ params, req, res }) =>
        answer({ kept: textsFor(params.languages), req, res, type: 'application/json; charset=utf-8', cache: FOR_EVER }),
    }),
    endpoint({
      method: 'get',
      path: '/demo',
      summary: 'An article with the widget, to try it on',
      tag: 'Readers',
      page: true,
      answers: { 200: { description: 'A page' } },
      handle: async () => {
        const site = await sites.byKey('default')
        const threadHref = `/sites/${site.key}/thread?${new URLSearchParams({ url: `${publicUrl}/demo` })}`
        const html = widgetDemoPage({
          t: translator('id'),
          locale: 'id',
          timeZone: site.settings.timeZone,
          site: site.key,
          articleUrl: `${publicUrl}/demo`,
          threadHref,
        })
        return { status: 200, html, headers: { 'Cache-Control': 'no-cache', ...pageHeaders({ noindex: true, widget: true }) } }
      },
    }),
  ]
}

/** Bytes that are the same for everybody, in the form that the client reads best. */
function answer({ kept, req, res, type, cache }: Pick<Input, 'req' | 'res'> & { kept: KeptBytes; type: string; cache: string }) {
  const { etag, body, headers } = encodedFor(kept, req.headers['accept-encoding'])
  const always = { ...ANYWHERE, ETag: etag, 'Cache-Control': cache }
  res.vary('Accept-Encoding')
  if (isFresh(req.headers['if-none-match'], etag)) return { status: 304, headers: always }
  return { status: 200, bytes: body, headers: { ...always, ...headers, 'Content-Type': type } }
}
