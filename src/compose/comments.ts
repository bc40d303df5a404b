import { createAmend } from '../comments/amend.ts'
import { createAnswers } from '../comments/answers.ts'
import { embedRoutes } from '../comments/embed-routes.ts'
import { eventRoutes } from '../comments/event-routes.ts'
import { createEvents } from '../comments/events.ts'
import { feedRoutes } from '../comments/feed-routes.ts'
import { createFeeds } from '../comments/feeds.ts'
import { createIntake } from '../comments/intake.ts'
import { pageRoutes } from '../comments/page-routes.ts'
import { previewRoutes } from '../comments/preview-routes.ts'
import { reportRoutes } from '../comments/report-routes.ts'
import { createReports } from '../comments/reports.ts'
import { createReadSubmission } from '../comments/read-submission.ts'
import { commentRoutes } from '../comments/routes.ts'
import { createSubmit } from '../comments/submit.ts'
import { createThreadCache } from '../comments/thread-cache.ts'
import { createVisitor } from '../comments/visitor.ts'
import { isUnavailable } from '../database/errors.ts'
import { createKnownBans } from '../moderation/known-bans.ts'
import type { Foundation } from './foundation.ts'
import type { Mails } from './mails.ts'
import { part } from './part.ts'

export type Comments = ReturnType<typeof composeComments>['use']

/** All that readers do: writing, reading, changing, reporting, listening. */
export function composeComments(needs: Foundation & Mails) {
  const { db, keys, clock, log, publicUrl, webFolder, ownOrigins, sites, limits, outbox } = needs
  const answers = createAnswers({ db, keys, clock })
  const bans = createKnownBans({ db, clock })
  const intake = createIntake({
    db,
    keys,
    clock,
    sites,
    bans,
    outbox,
    seal: answers.sealed,
  })
  const readSubmission = createReadSubmission({ sites, clock, keys })
  const submit = createSubmit({ sites, intake, answers, readSubmission })
  const amend = createAmend({ db, keys, clock, bans, outbox })
  const threads = createThreadCache({ db, clock })
  const events = createEvents({ db, log })
  const feeds = createFeeds({ db, publicUrl })
  const visitor = createVisitor({ keys, clock })
  const reports = createReports({ db, keys, clock })
  const use = { answers, intake, readSubmission, submit, amend, threads, events, feeds, visitor, reports }
  return part({
    use,
    endpoints: () => [
      ...commentRoutes({ ...needs, ...use }),
      ...eventRoutes({ sites, events, ownOrigins }),
      ...feedRoutes({ sites, feeds, ownOrigins }),
      ...previewRoutes({ sites, limits, ownOrigins }),
      ...reportRoutes({ sites, reports, limits, ownOrigins }),
      ...embedRoutes({ sites, publicUrl, webFolder }),
      ...pageRoutes({ ...needs, ...use, isUnavailable }),
    ],
    disconnect: () => events.close(),
    stop: async () => {
      await intake.idle()
      events.close()
      feeds.close()
      threads.close()
    },
  })
}
