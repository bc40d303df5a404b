import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import type { Database } from '../../src/database/connect.ts'
import type { Mail, Mailer } from '../../src/mail/mailer.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { plainAnswer, type Render } from '../../src/notifications/attempt.ts'
import { MOST_ATTEMPTS } from '../../src/notifications/backoff.ts'
import { createDelivery, type Delivery } from '../../src/notifications/deliver.ts'
import { eachDatabase } from '../support/databases.ts'
import { type Mailbox, startMailbox } from '../support/mailbox.ts'
import { makeBareDeliveries, pinnedClock } from './rows.ts'

const SECOND = 1000
const LEASE = 180 * SECOND

let mailbox: Mailbox
let mailer: Mailer
let clock: ReturnType<typeof pinnedClock>
let logged: string[]
let started: Delivery[]

beforeEach(async () => {
  mailbox = await startMailbox()
  clock = pinnedClock()
  mailer = smtpMailer({ url: mailbox.url, from: 'Balas <balas@balas.example>', clock, patience: { answerMs: 300, mailMs: 800 } })
  logged = []
  started = []
})
afterEach(async () => {
  await Promise.all(started.map((delivery) => delivery.stop()))
  await mailer.close()
  await mailbox.stop()
})

const mailOf = ({ userId, messageId }: { userId: string; messageId: string }): Mail => ({
  to: `${userId}@example.org`,
  subject: 'Komentar menunggu',
  text: 'Ada komentar.',
  html: '<p>Ada komentar.</p>',
  messageId,
})
const render: Render = async (delivery) => ({ mail: mailOf(delivery) })

function deliveryOn(db: Database, changes: { render?: Render; mailer?: Mailer; concurrency?: number } = {}): Delivery {
  const lines = new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(String(chunk))
      done()
    },
  })
  const delivery = createDelivery({ db, mailer, render, clock, log: pino(lines), ...changes })
  started.push(delivery)
  return delivery
}

const rowsOf = (db: Database) => db.read.delivery.findMany({ orderBy: { id: 'asc' } })
const messageIds = () => mailbox.mails.map(({ messageId }) => messageId)

/** The same database, but for a moment. */
const without = (db: Database, write: Database['write']): Database => ({ ...db, write })

eachDatabase('delivery', (open) => {
  it('sends each mail of the outbox once, and keeps the server’s answer', async () => {
    const db = await open()
    const rows = await makeBareDeliveries(db, 3)

    expect(await deliveryOn(db).drainOnce()).toBe(3)

    expect(messageIds().toSorted()).toEqual(rows.map(({ messageId }) => messageId))
    expect(mailbox.mails.flatMap(({ envelope }) => envelope.to).toSorted()).toEqual(['user-0@example.org', 'user-1@example.org', 'user-2@example.org'])
    for (const row of await rowsOf(db)) {
      expect(row).toMatchObject({ state: 'sent', attempts: 1, sentAt: clock(), leaseId: null, leaseUntil: null })
      expect(row.outcome).toMatch(/^250 /)
    }
    expect(await deliveryOn(db).drainOnce()).toBe(0)
    expect(mailbox.mails).toHaveLength(3)
  })

  it('tries again within ten seconds after 451, then sends exactly once, under the one Message-ID', async () => {
    const db = await open()
    const [row] = await makeBareDeliveries(db, 1)
    const offered: (string | undefined)[] = []
    mailbox.answer((moment) => {
      if (moment.at !== 'data') return 'take'
      offered.push(moment.mail.messageId)
      return offered.length <= 2 ? { code: 451, text: '4.3.0 try later' } : 'take'
    })
    const delivery = deliveryOn(db)

    await delivery.drainOnce()
    const [waiting] = await rowsOf(db)
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1, leaseId: null })
    expect(waiting?.outcome).toContain('451 4.3.0 try later')
    const pause = (waiting?.nextAt.getTime() ?? 0) - clock().getTime()
    expect(pause).toBeGreaterThan(0)
    expect(pause).toBeLessThan(8 * SECOND)

    expect(await delivery.drainOnce()).toBe(0)
    clock.forward(10 * SECOND)
    await delivery.drainOnce()
    clock.forward(60 * SECOND)
    await delivery.drainOnce()
    clock.forward(3600 * SECOND)
    await delivery.drainOnce()

    expect(offered).toEqual([row?.messageId, row?.messageId, row?.messageId])
    expect(messageIds()).toEqual([row?.messageId])
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 3 }])
  })

  it('shows what was refused for good, without the address, and still sends the others', async () => {
    const db = await open()
    await makeBareDeliveries(db, 3)
    mailbox.answer((moment) =>
      moment.at === 'recipient' && moment.recipient === 'user-1@example.org' ? { code: 550, text: `5.1.1 <${moment.recipient}>: no such user` } : 'take',
    )

    await deliveryOn(db).drainOnce()

    const [first, refused, last] = await rowsOf(db)
    expect(refused).toMatchObject({ state: 'failed', attempts: 1, outcome: '550 5.1.1 <…>: no such user' })
    expect([first?.state, last?.state]).toEqual(['sent', 'sent'])
    expect(logged.join('')).toContain('no such user')
    expect(logged.join('')).not.toContain('@')
  })

  it('is not held up by a mail that cannot be written', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const broken: Render = async (row) => {
      if (row.userId === 'user-0') throw new Error('template of siti@pembaca.example is broken')
      return { mail: mailOf(row) }
    }
    await deliveryOn(db, { render: broken }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'queued', outcome: 'template of … is broken' }, { state: 'sent' }])
    expect(logged.join('')).not.toContain('@')
  })

  it('is not held up by a server that hangs', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    mailbox.answer(() => 'hang')
    const delivery = deliveryOn(db)
    await delivery.drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'queued', attempts: 1 }, { state: 'queued', attempts: 1 }])

    mailbox.answer(() => 'take')
    clock.forward(10 * SECOND)
    await delivery.drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
  })

  it('leaves out what has become needless', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    await deliveryOn(db, { render: async () => ({ suppressed: 'decided' }) }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'suppressed', outcome: 'decided', sentAt: null }])
    expect(mailbox.mails).toHaveLength(0)
  })

  it('gives up in the end', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const [first, second] = await rowsOf(db)
    await db.write(async (tx) => {
      await tx.delivery.update({ where: { id: first?.id ?? '' }, data: { attempts: MOST_ATTEMPTS - 1 } })
      await tx.delivery.update({ where: { id: second?.id ?? '' }, data: { attempts: MOST_ATTEMPTS } })
    })
    mailbox.answer(() => ({ code: 421, text: 'busy' }))
    await deliveryOn(db).drainOnce()
    expect(await rowsOf(db)).toMatchObject([
      { state: 'failed', outcome: expect.stringContaining('421') },
      { state: 'failed', outcome: 'given up: the process ended at every try' },
    ])
  })

  it('shares 200 mails between two workers without sending one twice', async () => {
    const db = await open()
    const other = await open()
    const rows = await makeBareDeliveries(db, 200)

    const counts = await Promise.all([deliveryOn(db).drainOnce(), deliveryOn(other).drainOnce()])

    expect(counts.reduce((one, two) => one + two)).toBe(200)
    expect(messageIds().toSorted()).toEqual(rows.map(({ messageId }) => messageId))
    expect((await rowsOf(db)).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true)
  })

  it('sends again, with the same Message-ID, what a worker sent and did not live to record', async () => {
    const db = await open()
    const [row] = await makeBareDeliveries(db, 1)
    let writes = 0
    const dying = without(db, (work) => (writes++ === 0 ? db.write(work) : new Promise(() => undefined)))
    void deliveryOn(dying).drainOnce()
    await mailbox.waitForMail(1)

    const next = deliveryOn(db)
    expect(await next.drainOnce()).toBe(0)
    clock.forward(LEASE)
    expect(await next.drainOnce()).toBe(1)

    expect(messageIds()).toEqual([row?.messageId, row?.messageId])
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('sends nothing further while outcomes cannot be recorded', async () => {
    const db = await open()
    await makeBareDeliveries(db, 20)
    let writes = 0
    const failing = without(db, (work) => (writes++ === 0 ? db.write(work) : Promise.reject(new Error('the disk is full'))))
    await expect(deliveryOn(failing, { concurrency: 1 }).drainOnce()).rejects.toThrow('the disk is full')
    expect(mailbox.mails).toHaveLength(1)
  })

  it('leaves a mail whose lease has passed to another worker to that one', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    const slow: Mailer = {
      close: async () => undefined,
      send: async () => {
        clock.forward(LEASE)
        await deliveryOn(db).drainOnce()
        throw new Error('timed out')
      },
    }
    await deliveryOn(db, { mailer: slow }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('begins no mail for which its lease is too short', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const slow: Mailer = {
      close: async () => undefined,
      send: async () => {
        clock.forward(LEASE - 30 * SECOND)
        return { response: '250 after a long time' }
      },
    }
    await deliveryOn(db, { mailer: slow, concurrency: 1 }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([
      { state: 'sent', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ])
  })

  it('begins at once when woken, and by itself when a mail falls due', async () => {
    const db = await open()
    const delivery = deliveryOn(db)
    delivery.start()
    await makeBareDeliveries(db, 2)
    await db.write((tx) => tx.delivery.updateMany({ where: { userId: 'user-1' }, data: { nextAt: new Date(clock().getTime() + SECOND) } }))
    delivery.wake()
    await mailbox.waitForMail(1, 1500)

    expect(await delivery.drainOnce()).toBe(0)
    clock.forward(SECOND)
    await mailbox.waitForMail(2)
  })

  it('survives a database that is down, says so once, and goes on', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    let down = true
    const flaky = without(db, (work) => (down ? Promise.reject(new Error('connection to owner@example.org lost')) : db.write(work)))
    const delivery = deliveryOn(flaky)
    delivery.start()
    await until(() => logged.length > 0)
    delivery.wake()
    down = false
    delivery.wake()
    await mailbox.waitForMail(1)
    await until(() => logged.some((line) => line.includes('being sent again')))
    expect(logged.filter((line) => line.includes('cannot be worked on'))).toHaveLength(1)
    expect(logged.join('')).not.toContain('@')
  })

  it('lets mails under way end when stopped, and gives the rest back untried', async () => {
    const db = await open()
    await makeBareDeliveries(db, 10)
    let release = () => undefined as void
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let begun = 0
    const gated: Mailer = {
      close: async () => undefined,
      send: async () => {
        begun += 1
        await gate
        return { response: '250 ok' }
      },
    }
    const delivery = deliveryOn(db, { mailer: gated, concurrency: 2 })
    delivery.start()
    await until(() => begun === 2)
    const stopped = delivery.stop()
    release()
    await stopped

    const rows = await rowsOf(db)
    expect(rows.filter(({ state }) => state === 'sent')).toHaveLength(2)
    expect(rows.filter(({ state, attempts, leaseId }) => state === 'queued' && attempts === 0 && leaseId === null)).toHaveLength(8)
    delivery.wake()
    expect(begun).toBe(2)
  })
})

describe('an answer as it is kept', () => {
  it('is one short line without addresses', () => {
    expect(plainAnswer('550-5.1.1 <budi@example.org>\r\n550 no "x"@y.z,\0 mailto:a@b.c;q')).toBe('550-5.1.1 <…> 550 no …, mailto:…;q')
    expect(plainAnswer(new Error('x'.repeat(5000)))).toHaveLength(300)
  })
})

/** Waits until something is so, turning the event loop meanwhile. */
async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
