import express, { type Express, type Request } from 'express'
import { mountAuth } from './accounts/auth-routes.ts'
import { preflight } from './comments/routes.ts'
import type { Deps } from './compose/compose.ts'
import { isUnavailable } from './database/errors.ts'
import { readForwarded } from './http/client-address.ts'
import { docsRoutes } from './http/docs.ts'
import type { Endpoint } from './http/endpoint.ts'
import { mount, notFound } from './http/mount.ts'
import { writeProblems } from './http/problems.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { version } from './compose/version.ts'

/** The Express application: every mount, on one page. */
export function createApp(deps: Deps): Express {
  const { config, log, accounts, auth, limits, sites, ownOrigins, publicUrl, outages } = deps
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag') // where an answer has a tag, it is the thread's version
  app.set('trust proxy', config.trustProxy)
  app.use(readForwarded)
  app.use(requestLog(log))
  app.use(securityHeaders(publicUrl))
  mountAuth({ app, auth, limits, ownOrigins }) // before any body is read

  const endpoints: Endpoint[] = [...deps.endpoints(), ...docsRoutes({ document: async () => (document ??= await describe()) })]
  let document: unknown
  const describe = async () => {
    const { openApiDocument } = await import('./http/openapi.ts') // only now: few ask, and it takes a while
    return openApiDocument({ endpoints, publicUrl, version: version() })
  }

  const answerPreflight = preflight({ sites })
  app.options('/api/v1/sites/:site/{*path}', async (req: Request<{ site: string }>, res) => {
    res
      .status(204)
      .set(await answerPreflight(req.params.site, req as Request))
      .end()
  })
  mount({ app, endpoints, secureCookies: publicUrl.startsWith('https:'), signedIn: accounts.principal })
  app.use(notFound)
  app.use(writeProblems({ log, isUnavailable, outages }))
  return app
}
