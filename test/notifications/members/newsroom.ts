import { pino } from 'pino'
import type { Database } from '../../../src/database/connect.ts'
import { newId } from '../../../src/ids.ts'
import { createMemberNotifications } from '../../../src/notifications/members/member-notifications.ts'
import { type OverviewQuery, readOverview } from '../../../src/overview/overview.ts'
import { createOutbox } from '../../../src/notifications/announce.ts'
import { putChoices, putPersonal } from '../../../src/notifications/members/preference-store.ts'
import { type MemberChoices, type PersonalChoices, UNCHOSEN } from '../../../src/notifications/members/preferences.ts'
import { writtenBy } from '../../../src/notifications/writers.ts'
import type { Settings } from '../../../src/sites/settings.ts'
import { createSites } from '../../../src/sites/sites.ts'
import { createHookOutbox } from '../../../src/webhooks/announce.ts'
import type { PostOffice } from '../post-office.ts'
import { DOMAIN, keys, makeComment, makeMember, makeSite } from '../rows.ts'

export const MINUTE = 60_000
export const PUBLIC_URL = 'https://balas.example'

/** A site in Jakarta whose moderators hear of what waits, with the real rounds, renderers and mail server; time is moved by hand. */
export async function openNewsroom(db: Database, office: PostOffice, settings: Partial<Settings> = {}) {
  const { clock, mailbox } = office
  const { site, thread } = await makeSite(db)
  await db.write((tx) => tx.site.update({ where: { id: site.id }, data: { settings, pendingCount: 0 } }))
  const outbox = createOutbox({ db, keys, clock, mailDomain: DOMAIN, tellHooks: createHookOutbox({ db, clock }), wake: () => undefined })
  const log = pino({ level: 'silent' })
  const sent = () => mailbox.mails.map(({ subject = '' }) => subject)
  let seen = 0

  /** A replica: its rounds and its deliverer. */
  const replica = (own = db) => {
    const sites = createSites({ db: own, clock, ownOrigins: [] })
    const overview = (query: OverviewQuery) => readOverview(own, query)
    const { prepare, writers } = createMemberNotifications({
      db: own,
      keys,
      clock,
      sites,
      overview,
      publicUrl: PUBLIC_URL,
      mailDomain: DOMAIN,
      log,
    })
    return { prepare, send: () => office.worker(own, { render: writtenBy(writers), prepare }).drainOnce() }
  }
  const first = replica()

  return {
    site,
    thread,
    clock,
    replica,
    /** Lets time pass, makes a round, sends what is due, and gives the mails that came since it was last asked. */
    async after(milliseconds: number) {
      clock.forward(milliseconds)
      await first.send()
      const news = mailbox.mails.slice(seen)
      seen = mailbox.mails.length
      return news
    },
    sent,
    member: async (
      email: string,
      {
        role = 'moderator',
        choices = {},
        personal = {},
      }: { role?: string; choices?: Partial<MemberChoices>; personal?: Partial<PersonalChoices> } = {},
    ) => {
      const userId = await makeMember(db, { siteId: site.id, role, email })
      await db.write(async (tx) => {
        await putChoices(tx, { userId, siteId: site.id, choices: { ...UNCHOSEN.member, ...choices } })
        await putPersonal(tx, { userId, choices: { ...UNCHOSEN.personal, ...personal } })
      })
      return userId
    },
    /** Comments that come in at once and wait; their ids. */
    arrive: async (count = 1, { threadId = thread.id, body = 'Air setinggi lutut.' }: { threadId?: string; body?: string } = {}) => {
      const ids: string[] = []
      for (let n = 0; n < count; n++) {
        const { id } = await makeComment(db, { siteId: site.id, threadId, body, html: `<p>${body}</p>`, at: clock() })
        ids.push(id)
      }
      await db.write(async (tx) => {
        await tx.site.update({ where: { id: site.id }, data: { pendingCount: { increment: count } } })
        await outbox.announceHeld(
          tx,
          ids.map((id) => ({ kind: 'comment.held', siteId: site.id, commentId: id, subjectId: id })),
        )
      })
      return ids
    },
    /** Somebody decides. */
    decide: (ids: string[], status: 'approved' | 'rejected' | 'spam' = 'approved') =>
      db.write(async (tx) => {
        await tx.comment.updateMany({ where: { id: { in: ids } }, data: { status, queue: null } })
        await tx.site.update({ where: { id: site.id }, data: { pendingCount: { decrement: ids.length } } })
      }),
    article: async (url: string) => {
      const id = newId(clock())
      await db.write((tx) => tx.thread.create({ data: { id, siteId: site.id, url, key: url, createdAt: clock() } }))
      return id
    },
  }
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>
