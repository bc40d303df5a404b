import { judgingRoutes } from '../comments/judging-routes.ts'
import { adminRoutes } from '../moderation/admin-routes.ts'
import { banRoutes } from '../moderation/ban-routes.ts'
import { createBans } from '../moderation/bans.ts'
import { batchRoutes } from '../moderation/batch-routes.ts'
import { createBatches } from '../moderation/batches.ts'
import { createCommentDetails } from '../moderation/comment-details.ts'
import { createLive } from '../moderation/live.ts'
import { liveRoutes } from '../moderation/live-routes.ts'
import { mailLinkRoutes } from '../moderation/mail-link-routes.ts'
import { overviewRoutes } from '../moderation/overview-routes.ts'
import { createQueue } from '../moderation/queue.ts'
import { dismissalRoutes } from '../moderation/report-routes.ts'
import { moderationRoutes } from '../moderation/routes.ts'
import { createSearchIndex } from '../moderation/search-index.ts'
import { threadRoutes } from '../moderation/thread-routes.ts'
import type { Comments } from './comments.ts'
import type { Foundation } from './foundation.ts'
import type { Ledger } from './ledger.ts'
import type { Mails } from './mails.ts'
import { part } from './part.ts'
import type { People } from './people.ts'

/** All that moderators do: the queue, decisions one by one and many at once, bans, search. */
export function composeModeration(needs: Foundation & People & Mails & Ledger & Comments) {
  const { db, keys, clock, log, webFolder, sites, limits, longReads, accounts, reports, ledger, outbox, intake, readSubmission } = needs
  const queue = createQueue({ db, keys, accounts, sites, reports, search: longReads.search })
  const live = createLive({ db, queue, log })
  const searchIndex = createSearchIndex({ db, log })
  const commentDetails = createCommentDetails({ db, reports, ledger })
  const bans = createBans({ db, clock })
  const batches = createBatches({ db, clock, outbox })
  return part({
    use: { queue, live, searchIndex, commentDetails, bans, batches },
    endpoints: () => [
      ...moderationRoutes({ db, clock, accounts, queue, commentDetails, batches, outbox }),
      ...batchRoutes({ accounts, queue, batches }),
      ...banRoutes({ accounts, bans }),
      ...liveRoutes({ accounts, queue, live }),
      ...overviewRoutes({ accounts, queue, longReads, clock }),
      ...dismissalRoutes({ accounts, queue, reports }),
      ...threadRoutes({ db, clock, accounts, sites }),
      ...mailLinkRoutes({ db, clock, keys, sites, accounts, limits, outbox }),
      ...judgingRoutes({ accounts, intake, readSubmission }),
      ...adminRoutes({ webFolder }),
    ],
    start: searchIndex.start,
    disconnect: () => live.close(),
    stop: async () => {
      await searchIndex.stop()
      live.close()
    },
  })
}
