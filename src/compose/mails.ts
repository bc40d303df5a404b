import { createMemberMails, createResetMail } from '../accounts/mails.ts'
import { memberSample, resetSample } from '../accounts/mail-samples.ts'
import { createMailer } from '../mail/choose.ts'
import type { Mailer } from '../mail/mailer.ts'
import { mailDomain } from '../mail/message.ts'
import { createOutbox } from '../notifications/announce.ts'
import { createDelivery } from '../notifications/deliver.ts'
import { createMemberNotifications } from '../notifications/members/member-notifications.ts'
import { preferenceRoutes } from '../notifications/members/preference-routes.ts'
import { memberMailSamples } from '../notifications/members/samples.ts'
import { stopRoutes } from '../notifications/members/stop-routes.ts'
import { createPreviews, type Sample } from '../notifications/preview.ts'
import { mailPreviewRoutes } from '../notifications/preview-routes.ts'
import { createReaderMail } from '../notifications/reader-mail.ts'
import { readerRoutes } from '../notifications/reader-routes.ts'
import { readerSamples } from '../notifications/reader-sample.ts'
import { createSubscriptions } from '../notifications/subscriptions.ts'
import { writtenBy } from '../notifications/writers.ts'
import type { Foundation } from './foundation.ts'
import { part } from './part.ts'
import type { People } from './people.ts'
import type { composeWebhooks } from './webhooks.ts'

type Needs = Foundation & People & ReturnType<typeof composeWebhooks>['use']
export type Mails = ReturnType<typeof composeMails>['use']

/**
 * All that mails are: who writes those of which kind, how each looks, what fills the outbox and what empties it.
 * @param given in place of the mailer that the configuration names
 */
export function composeMails(
  { config, db, keys, publicUrl, clock, log, sites, limits, longReads, accounts, members, tellHooks, hookSender }: Needs,
  given: Mailer | undefined,
) {
  const sender = mailDomain(config.mailFrom)
  const mailer = given ?? createMailer({ config, clock })
  const { overview } = longReads
  const memberNotifications = createMemberNotifications({ db, keys, clock, sites, overview, publicUrl, mailDomain: sender, log })
  const memberMail = createMemberMails({ db, clock, keys, sites, publicUrl })
  const writers = {
    ...memberNotifications.writers,
    ...createReaderMail({ db, keys, publicUrl, mailDomain: sender, clock }),
    'member.invited': memberMail,
    'member.added': memberMail,
    'account.reset': createResetMail({ db, clock, keys, sites, publicUrl }),
  }
  const samples: Record<keyof typeof writers, Sample> = {
    ...memberMailSamples,
    ...readerSamples,
    'member.invited': memberSample('invited'),
    'member.added': memberSample('added'),
    'account.reset': resetSample,
  }
  const previews = createPreviews({ samples, mailFrom: config.mailFrom, publicUrl, clock })
  const delivery = createDelivery({ db, mailer, render: writtenBy(writers), clock, log, prepare: memberNotifications.prepare })
  const wake = () => [delivery, hookSender].forEach((worker) => worker.wake())
  const outbox = createOutbox({ db, keys, clock, mailDomain: sender, tellHooks, wake })
  const subscriptions = createSubscriptions({ db, clock, keys })
  const { preferences: memberPreferences } = memberNotifications
  return part({
    use: { sender, mailer, previews, delivery, outbox, subscriptions, memberPreferences },
    endpoints: () => [
      ...mailPreviewRoutes({ accounts, previews }),
      ...readerRoutes({ keys, sites, subscriptions }),
      ...preferenceRoutes({ accounts, members, memberPreferences }),
      ...stopRoutes({ keys, sites, accounts, limits, memberPreferences }),
    ],
    start: delivery.start,
    stop: async () => {
      await delivery.stop()
      await mailer.close()
    },
  })
}
