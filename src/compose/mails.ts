import { createMemberMails, createResetMail } from '../accounts/mails.ts'
import { memberSample, resetSample } from '../accounts/mail-samples.ts'
import { createMailer } from '../mail/choose.ts'
import { mailDomain } from '../mail/message.ts'
import { createDelivery } from '../notifications/deliver.ts'
import { memberMailSamples } from '../notifications/members/samples.ts'
import { createMemberNotifications } from '../notifications/members/member-notifications.ts'
import { createPreviews, type Sample } from '../notifications/preview.ts'
import { createReaderMail } from '../notifications/reader-mail.ts'
import { readerSamples } from '../notifications/reader-sample.ts'
import { writtenBy } from '../notifications/writers.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Logger } from 'pino'
import type { Mailer } from '../mail/mailer.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'

/** All that mails are: who writes those of which kind, how each looks, and what sends them. */
export function composeMails({
  config,
  db,
  keys,
  publicUrl,
  clock,
  sites,
  overview,
  log,
  mailer,
}: {
  config: Config
  db: Database
  keys: Keys
  publicUrl: string
  clock: Clock
  sites: Sites
  overview: Parameters<typeof createMemberNotifications>[0]['overview']
  log: Logger
  /** In place of the one that the configuration names. */
  mailer: Mailer | undefined
}) {
  const sender = mailDomain(config.mailFrom)
  const mails = mailer ?? createMailer({ config, clock })
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
  const render = writtenBy(writers)
  const delivery = createDelivery({ db, mailer: mails, render, clock, log, prepare: memberNotifications.prepare })
  return { sender, mails, memberNotifications, previews, delivery }
}
