import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import type { Overview, OverviewQuery } from '../../overview/overview.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Sites } from '../../sites/sites.ts'
import { createRender } from '../render.ts'
import { createMemberPreferences } from './member-preferences.ts'
import { createScheduledMails } from './scheduled-mails.ts'
import { createManyMails } from './render-held.ts'
import { createOwnerMails } from './render-owners.ts'
import { createDispatch } from './dispatch.ts'

/** Telling the members of sites: what puts their mails into the outbox when they are due, and who writes them. */
export function createMemberNotifications(deps: {
  db: Database
  keys: Keys
  clock: Clock
  sites: Sites
  /** Reads an overview, in the worker. */
  overview: (query: OverviewQuery) => Promise<Overview>
  publicUrl: string
  /** The domain of our sender's address. */
  mailDomain: string
  log: Logger
}) {
  const round = createDispatch(deps)
  const lookForOccasions = createScheduledMails(deps)
  const heldMail = createRender(deps)
  const { digest, attack } = createManyMails(deps)
  const { weekly, failing } = createOwnerMails(deps)
  return {
    /** What they chose to be told of. */
    preferences: createMemberPreferences(deps),
    prepare: async () => {
      await round()
      await lookForOccasions()
    },
    writers: {
      'comment.held': heldMail,
      'edit.held': heldMail,
      'comments.digest': digest,
      'comments.attack': attack,
      'site.weekly': weekly,
      'site.failing': failing,
    },
  }
}
