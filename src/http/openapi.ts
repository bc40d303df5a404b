import { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { MEDIA } from './body.ts'
import type { Endpoint } from './endpoint.ts'

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

const FILE = { 'application/octet-stream': { schema: z.string().meta({ override: { type: 'string', format: 'binary' } }) } }

/** The OpenAPI document of the endpoints, made of the very schemas that validate. */
export function openApiDocument({ endpoints, publicUrl, version }: { endpoints: Endpoint[]; publicUrl: string; version: string }) {
  const paths: ZodOpenApiPathsObject = {}
  for (const endpoint of endpoints) {
    if (endpoint.page) continue
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operation(endpoint) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Balas',
      version,
      description: 'Comment moderation behind a "Leave a Reply" form.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: 'Readers', description: 'No account' },
      { name: 'Moderators', description: 'Session cookie or API key' },
      { name: 'Owners', description: 'Session cookie or API key of an owner' },
      { name: 'Operators' },
    ],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `bal_...`' },
        session: { type: 'apiKey', in: 'cookie', name: 'balas.session_token' },
        editToken: { type: 'http', scheme: 'bearer', description: 'The `editToken` of the 201' },
      },
    },
    paths,
  })
}

function operation({ summary, tag, params, query, body, accepts = ['json'], signedIn, answers, takesFile }: Endpoint) {
  const problem = { description: 'A problem document', content: { 'application/problem+json': { schema: Problem } } }
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, type, others = {} }]) => [
      status,
      schema ? { description, content: contentOf({ [type ?? 'application/json']: schema, ...others }) } : { description },
    ]),
  )
  return {
    summary,
    tags: [tag],
    ...(signedIn && { security: [{ apiKey: [] }, { session: [] }] }),
    requestParams: { ...(params && { path: params as z.ZodObject }), ...(query && { query: query as z.ZodObject }) },
    ...(body && { requestBody: { required: true, content: Object.fromEntries(accepts.map((kind) => [MEDIA[kind], { schema: body }])) } }),
    ...(takesFile !== undefined && { requestBody: { required: true, description: takesFile, content: FILE } }),
    responses: { ...responses, default: problem },
  }
}

const contentOf = (schemas: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))
