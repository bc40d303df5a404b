import { readFile } from 'node:fs/promises'
import { NotFound } from '../errors.ts'
import { z } from 'zod'
import { packageFile } from '../program-files.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

const FILES: Record<string, string> = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' }
const START = `window.ui = SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null })\n`
// Swagger UI sets style attributes; scripts stay strict.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Balas API</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="docs"></main><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`

/** The API's description, as a document for programs and as pages for people (Swagger UI, from our own server). */
export const docsRoutes = ({ document }: { document: () => Promise<unknown> }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/v1/openapi.json',
    summary: 'This document',
    tag: 'Operators',
    answers: { 200: { description: 'OpenAPI 3.1' } },
    handle: async () => ({ status: 200, json: await document(), headers: { 'Access-Control-Allow-Origin': '*' } }),
  }),
  endpoint({
    method: 'get',
    path: '/docs',
    summary: 'The API for people',
    tag: 'Operators',
    page: true,
    answers: { 200: { description: 'A page' } },
    handle: () => ({ status: 200, html: PAGE, headers: { 'Content-Security-Policy': POLICY } }),
  }),
  endpoint({
    method: 'get',
    path: '/docs/{file}',
    summary: 'What that page loads',
    tag: 'Operators',
    page: true,
    params: z.object({ file: z.string() }),
    answers: { 200: { description: 'A file' } },
    handle: async ({ params }) => {
      const headers = { 'Cache-Control': 'public, max-age=3600' }
      if (params.file === 'start.js') return { status: 200, text: START, headers: { ...headers, 'Content-Type': 'text/javascript' } }
      const type = FILES[params.file]
      if (!type) throw NotFound()
      return {
        status: 200,
        text: await readFile(packageFile(`swagger-ui-dist/${params.file}`), 'utf8'),
        headers: { ...headers, 'Content-Type': type },
      }
    },
  }),
]
