import express, { type Express, type Request } from 'express'
import { mountAuth } from './accounts/auth-routes.ts'
import { invitationPageRoutes } from './accounts/invitation-page-routes.ts'
import { invitationRoutes } from './accounts/invitation-routes.ts'
import { keyRoutes } from './accounts/key-routes.ts'
import { meRoutes } from './accounts/me-routes.ts'
import { memberRoutes } from './accounts/member-routes.ts'
import { passkeyRoutes } from './accounts/passkeys/routes.ts'
import { passwordResetRoutes } from './accounts/password-reset-routes.ts'
import { setupRoutes } from './accounts/setup-routes.ts'
import { embedRoutes } from './comments/embed-routes.ts'
import { eventRoutes } from './comments/event-routes.ts'
import { feedRoutes } from './comments/feed-routes.ts'
import { pageRoutes } from './comments/page-routes.ts'
import { previewRoutes } from './comments/preview-routes.ts'
import { reportRoutes } from './comments/report-routes.ts'
import { commentRoutes, preflight } from './comments/routes.ts'
import type { Deps } from './compose/compose.ts'
import { isUnavailable } from './database/errors.ts'
import { docsRoutes } from './http/docs.ts'
import type { Endpoint } from './http/endpoint.ts'
import { healthRoutes } from './http/health.ts'
import { mount, notFound } from './http/mount.ts'
import { openApiDocument } from './http/openapi.ts'
import { writeProblems } from './http/problems.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { banRoutes } from './moderation/ban-routes.ts'
import { batchRoutes } from './moderation/batch-routes.ts'
import { liveRoutes } from './moderation/live-routes.ts'
import { adminRoutes } from './moderation/admin-routes.ts'
import { mailLinkRoutes } from './moderation/mail-link-routes.ts'
import { overviewRoutes } from './moderation/overview-routes.ts'
import { dismissalRoutes } from './moderation/report-routes.ts'
import { moderationRoutes } from './moderation/routes.ts'
import { mailPreviewRoutes } from './notifications/preview-routes.ts'
import { ledgerRoutes } from './notifications/ledger-routes.ts'
import { readerRoutes } from './notifications/reader-routes.ts'
import { repairRoutes } from './repair/routes.ts'
import { preferenceRoutes } from './notifications/members/preference-routes.ts'
import { stopRoutes } from './notifications/members/stop-routes.ts'
import { siteHistoryRoutes } from './sites/history-routes.ts'
import { siteRoutes } from './sites/routes.ts'
import { threadRoutes } from './moderation/thread-routes.ts'
import { permalinkRoutes } from './transfer/import/permalink-routes.ts'
import { importRoutes } from './transfer/import/routes.ts'
import { keptExportRoutes } from './transfer/kept-routes.ts'
import { transferRoutes } from './transfer/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { version } from './compose/version.ts'

/** The Express application: every mount, on one page. */
export function createApp(deps: Deps): Express {
  const { config, log, accounts, auth, limits, sites, ownOrigins, publicUrl } = deps
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag') // where an answer has a tag, it is the thread's version
  app.set('trust proxy', config.trustProxy)
  app.use(requestLog(log))
  app.use(securityHeaders(publicUrl))
  mountAuth({ app, auth, limits, ownOrigins }) // before any body is read

  const endpoints: Endpoint[] = [
    ...commentRoutes(deps),
    ...eventRoutes(deps),
    ...feedRoutes(deps),
    ...previewRoutes(deps),
    ...reportRoutes(deps),
    ...embedRoutes(deps),
    ...healthRoutes(deps),
    ...docsRoutes({ document: () => document }),
    ...pageRoutes({ ...deps, isUnavailable }),
    ...moderationRoutes(deps),
    ...batchRoutes(deps),
    ...banRoutes(deps),
    ...liveRoutes(deps),
    ...overviewRoutes(deps),
    ...dismissalRoutes(deps),
    ...threadRoutes(deps),
    ...mailLinkRoutes(deps),
    ...readerRoutes(deps),
    ...adminRoutes(deps),
    ...siteRoutes(deps),
    ...siteHistoryRoutes(deps),
    ...meRoutes(deps),
    ...passkeyRoutes(deps),
    ...keyRoutes(deps),
    ...mailPreviewRoutes(deps), // ahead of the ledger, whose mails go by any id
    ...ledgerRoutes(deps),
    ...memberRoutes(deps),
    ...preferenceRoutes(deps),
    ...stopRoutes(deps),
    ...invitationRoutes(deps),
    ...invitationPageRoutes(deps),
    ...passwordResetRoutes(deps),
    ...repairRoutes(deps),
    ...webhookRoutes(deps),
    ...transferRoutes(deps),
    ...keptExportRoutes(deps),
    ...importRoutes(deps),
    ...permalinkRoutes(deps),
    ...setupRoutes({ ...deps, mail: { smtp: config.smtpUrl !== undefined, from: config.mailFrom, dataDir: config.dataDir } }),
  ]
  const document = openApiDocument({ endpoints, publicUrl, version: version() })

  const answerPreflight = preflight({ sites })
  app.options('/api/v1/sites/:site/{*path}', async (req: Request<{ site: string }>, res) => {
    res
      .status(204)
      .set(await answerPreflight(req.params.site, req as Request))
      .end()
  })
  mount({ app, endpoints, secureCookies: publicUrl.startsWith('https:'), signedIn: accounts.principal })
  app.use(notFound)
  app.use(writeProblems({ log, isUnavailable }))
  return app
}
