import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createInbox } from '../../src/mail/inbox.ts'
import { makePerson } from '../accounts/person.ts'
import { exchange, postfix } from '../mail/bounces.ts'
import { openDesk } from '../moderation/desk.ts'
import { startApp } from '../support/app.ts'
import { startImap } from '../support/imap.ts'

let imap: Awaited<ReturnType<typeof startImap>>
beforeEach(async () => {
  imap = await startImap()
})
afterEach(() => imap.stop())

const RECIPIENT = 'wati@redaksi.example'

/** A mail that was sent, and the mailbox that bounces come into. */
async function openSent(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind, env: { IMAP_URL: imap.url } })
  await makePerson(app, { email: RECIPIENT })
  const desk = await openDesk(app)
  await desk.held()
  await app.deps.delivery.drainOnce()
  const { inbox } = app.deps
  if (!inbox) throw new Error('there is no mailbox')
  return {
    app,
    desk,
    messageId: app.mails[0]?.messageId ?? '',
    look: () => inbox.look(),
    row: () => app.deps.db.read.delivery.findFirstOrThrow(),
    unread: () => imap.messages.filter(({ flags }) => !flags.has('\\Seen')).length,
  }
}

describe.each(['sqlite', 'postgresql'] as const)('a bounce in the mailbox (%s)', (kind) => {
  test('marks the mail as failed, with the server’s reason and no address, and is read once', async () => {
    const { messageId, look, row, unread } = await openSent(kind)
    imap.deliver(postfix({ messageId, recipient: RECIPIENT, diagnostic: `550 5.1.1 <${RECIPIENT}>: no such user` }))
    await look()
    expect(await row()).toMatchObject({ state: 'failed', outcome: 'returned: 5.1.1 550 5.1.1 <…>: no such user', messageId })
    expect(unread()).toBe(0)
    const fetched = () => imap.commands.filter((command) => command.includes('FETCH')).length
    expect(fetched()).toBe(1)
    await look()
    expect(fetched()).toBe(1)
  })

  test('notes a delay, after which the failure still counts', async () => {
    const { messageId, look, row } = await openSent(kind)
    imap.deliver(postfix({ messageId, recipient: RECIPIENT, action: 'delayed', status: '4.4.1', diagnostic: 'connection timed out' }))
    await look()
    expect(await row()).toMatchObject({ state: 'sent', outcome: 'delayed: 4.4.1 connection timed out' })
    imap.deliver(exchange({ messageId, recipient: RECIPIENT }))
    await look()
    expect(await row()).toMatchObject({ state: 'failed', outcome: 'returned: 5.1.10 5.1.10' })
  })
})

describe('the mailbox for bounces', () => {
  test.each([
    ['of another mail', { messageId: '<01a20ae5-0000-7000-8000-000000000000@localhost>', recipient: RECIPIENT }],
    ['of no mail of ours', { messageId: '<spam@elsewhere.example>', recipient: RECIPIENT }],
    ['about somebody else', { recipient: 'orang.lain@pembaca.example' }],
  ])('does not believe a bounce %s, and leaves it unread', async (_what, told) => {
    const { messageId, look, row, unread } = await openSent()
    const before = await row()
    imap.deliver(postfix({ messageId, ...told }))
    await look()
    expect(await row()).toEqual(before)
    expect(unread()).toBe(1)
  })

  test('does not believe the right id under another domain', async () => {
    const { messageId, look, row } = await openSent()
    imap.deliver(postfix({ messageId: messageId.replace(/@.*/, '@elsewhere.example>'), recipient: RECIPIENT }))
    await look()
    expect((await row()).state).toBe('sent')
  })

  test('leaves people’s mails alone, and reads each once', async () => {
    const { look, unread } = await openSent()
    imap.deliver('From: a@b.example\r\nSubject: Halo\r\n\r\nTerima kasih.\r\n')
    await look()
    await look()
    expect(unread()).toBe(1)
    expect(imap.commands.filter((command) => command.includes('FETCH'))).toHaveLength(1)
  })

  test('is read again after an outage, and a message again that could not be handled', async () => {
    let fails = true
    const taken: string[] = []
    const take = async (source: Buffer) => {
      if (fails) throw new Error('the database is away')
      taken.push(source.toString())
      return true
    }
    const inbox = createInbox({ url: imap.url, take, log: pino({ level: 'silent' }) })
    imap.deliver('Subject: 1\r\n\r\nx\r\n')
    imap.setDown(true)
    await expect(inbox.look()).rejects.toThrow(/connect|close/i)
    imap.setDown(false)
    await expect(inbox.look()).rejects.toThrow('the database is away')
    fails = false
    await inbox.look()
    expect(taken).toEqual(['Subject: 1\r\n\r\nx\r\n'])
    expect(imap.messages[0]?.flags.has('\\Seen')).toBe(true)
  })

  test('tells by the log when it cannot be read, once, and says nothing of the password', async () => {
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const inbox = createInbox({ url: imap.url.replace('rahasia', 'salah'), take: async () => true, log })
    inbox.start()
    await inbox.stop()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('cannot be read')
    expect(lines[0]).not.toContain('salah')
  })
})
