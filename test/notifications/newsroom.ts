import { afterEach } from '@jest/globals'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { type Mailbox, type ReceivedMail, startMailbox } from '../support/mailbox.ts'

const opened: Mailbox[] = []
afterEach(async () => {
  for (const mailbox of opened.splice(0)) await mailbox.stop()
})

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>
type Decision = 'approve' | 'reject' | 'spam' | 'hold'

/** The whole application with a real mail server behind it, and what readers and moderators do, in words. */
export async function openNewsroom({ kind = 'sqlite' }: { kind?: 'sqlite' | 'postgresql' } = {}) {
  const mailbox = await startMailbox()
  opened.push(mailbox)
  const app = await startApp({
    kind,
    env: { PUBLIC_URL: 'https://balas.example', MAIL_FROM: 'Balas <balas@balas.example>' },
    mailerAt: (clock) => smtpMailer({ url: mailbox.url, from: 'Balas <balas@balas.example>', clock }),
  })
  const unhurried = { floodSeconds: 0, submissionsPerMinute: 1000 }
  await app.set(unhurried)
  const key = await app.keyFor('owner')
  const { db } = app.deps
  let texts = 0

  const post = (path: string, body: object) => app.http.post(`/api/v1/moderation/${path}`).set(key).send(body)

  /** Leaves a comment, for which its author asks to be told unless said otherwise; gives its id. */
  async function say(email: string, fields: Record<string, unknown> = {}, site = 'default'): Promise<string> {
    const body = `Tulisan nomor ${++texts}`
    const answer = await app.reply({ name: email.split('@')[0], email, body, followReplies: true, ...fields }, site).expect(201)
    return (answer.body as { comment: { id: string } }).comment.id
  }

  const decide = (id: string, decision: Decision) => post(`comments/${id}/decisions`, { decision }).expect(200)

  /** Moves the clock past the time in which decisions are thought over, and sends what is due. */
  async function send(seconds = 121) {
    app.clock.advance(seconds)
    await app.deps.delivery.drainOnce()
  }

  const mailsTo = (email: string) => mailbox.mails.filter(({ envelope }) => envelope.to[0] === email)

  /** Opens a mailed link and presses its button. */
  const press = (href: string) => app.http.post(new URL(href).pathname)

  /** Leaves a public comment and confirms the address by the link that was mailed for it; gives the comment's id. */
  async function follower(email: string, fields: Record<string, unknown> = {}, site = 'default'): Promise<string> {
    const id = await say(email, fields, site)
    await decide(id, 'approve')
    await send()
    const question = mailsTo(email).at(-1)
    await press(linkIn(question, 'confirm')).expect(200)
    return id
  }

  return {
    app,
    db,
    key,
    mailbox,
    say,
    decide,
    send,
    mailsTo,
    press,
    follower,
    post,
    /** Makes another site. */
    openSite: async (site: { key: string; name: string; locale: string }) => {
      await app.deps.sites.change(await app.deps.sites.create(site), { settings: unhurried })
    },
    /** A comment by somebody who asks for nothing, made public; gives its id. */
    reply: async (parentId: string, fields: Record<string, unknown> = {}) => {
      const id = await say(`orang${++texts}@lain.example`, { parentId, followReplies: false, ...fields })
      await decide(id, 'approve')
      return id
    },
    kindsTo: async (email: string) => mailsTo(email).map(kindOf),
  }
}

/** The link of a mail to one of our pages. */
export function linkIn(mail: ReceivedMail | undefined, purpose: 'confirm' | 'stop'): string {
  const [link] = new RegExp(`https://balas\\.example/follow/${purpose}/[\\w-]+`).exec(mail?.text ?? '') ?? []
  if (!link) throw new Error(`no link to ${purpose} in ${mail?.text}`)
  return link
}

/** What a mail in Indonesian is about, by its subject. */
export function kindOf({ subject = '' }: ReceivedMail): string {
  const kinds = { tayang: 'approved', ditayangkan: 'rejected', Balasan: 'replied', menjawab: 'answered', konfirmasi: 'asked' }
  return Object.entries(kinds).find(([word]) => new RegExp(`\\b${word}\\b`).test(subject))?.[1] ?? subject
}

export { ARTICLE, type TestApp }
