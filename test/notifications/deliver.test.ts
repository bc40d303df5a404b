import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { plainAnswer, type Render } from '../../src/notifications/attempt.ts'
import { MOST_ATTEMPTS } from '../../src/outbox/backoff.ts'
import { eachDatabase } from '../support/databases.ts'
import type { Moment, Reply } from '../support/mailbox.ts'
import { FROM, mailOf, openPostOffice, type PostOffice, rowsOf, SECOND } from './post-office.ts'
import { makeBareDeliveries } from './rows.ts'

let office: PostOffice

beforeEach(async () => {
  office = await openPostOffice()
})
afterEach(() => office.close())

eachDatabase('delivery', (open) => {
  it('sends each mail of the outbox once, and keeps the server’s answer', async () => {
    const db = await open()
    const rows = await makeBareDeliveries(db, 3)

    expect(await office.worker(db).drainOnce()).toBe(3)

    expect(office.messageIds()).toEqual(rows.map(({ messageId }) => messageId))
    expect(office.mailbox.mails.flatMap(({ envelope }) => envelope.to).toSorted()).toEqual([
      'user-0@example.org',
      'user-1@example.org',
      'user-2@example.org',
    ])
    for (const row of await rowsOf(db)) {
      expect(row).toMatchObject({ state: 'sent', attempts: 1, sentAt: office.clock(), leaseId: null, leaseUntil: null })
      expect(row.outcome).toMatch(/^250 /)
    }
    expect(await office.worker(db).drainOnce()).toBe(0)
    expect(office.mailbox.mails).toHaveLength(3)
  })

  it('tries again within ten seconds after 451, three times over, then sends exactly once, under the one Message-ID', async () => {
    const db = await open()
    const [row] = await makeBareDeliveries(db, 1)
    const offered: (string | undefined)[] = []
    office.mailbox.answer((moment) => {
      if (moment.at !== 'data') return 'take'
      offered.push(moment.mail.messageId)
      return offered.length <= 3 ? { code: 451, text: '4.3.0 try later' } : 'take'
    })
    const delivery = office.worker(db)

    await delivery.drainOnce()
    const [waiting] = await rowsOf(db)
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1, leaseId: null })
    expect(waiting?.outcome).toContain('451 4.3.0 try later')
    const pause = (waiting?.nextAt.getTime() ?? 0) - office.clock().getTime()
    expect(pause).toBeGreaterThan(0)
    expect(pause).toBeLessThan(8 * SECOND)

    expect(await delivery.drainOnce()).toBe(0)
    office.clock.forward(10 * SECOND)
    await delivery.drainOnce()
    office.clock.forward(60 * SECOND)
    await delivery.drainOnce()
    office.clock.forward(60 * SECOND)
    await delivery.drainOnce()
    office.clock.forward(3600 * SECOND)
    await delivery.drainOnce()

    expect(offered).toEqual(Array(4).fill(row?.messageId))
    expect(office.messageIds()).toEqual([row?.messageId])
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 4 }])
  })

  it('shows what was refused for good, without the address, and still sends the others', async () => {
    const db = await open()
    await makeBareDeliveries(db, 3)
    office.mailbox.answer((moment) =>
      moment.at === 'recipient' && moment.recipient === 'user-1@example.org'
        ? { code: 550, text: `5.1.1 <${moment.recipient}>: no such user` }
        : 'take',
    )

    await office.worker(db).drainOnce()

    const [first, refused, last] = await rowsOf(db)
    expect(refused).toMatchObject({ state: 'failed', attempts: 1, outcome: '550 5.1.1 <…>: no such user' })
    expect([first?.state, last?.state]).toEqual(['sent', 'sent'])
    expect(office.logged.join('')).toContain('no such user')
    expect(office.logged.join('')).not.toContain('@')
  })

  it('is not held up by a mail that cannot be written', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const broken: Render = async (row) => {
      if (row.userId === 'user-0') throw new Error('template of siti@pembaca.example is broken')
      return { mail: mailOf(row) }
    }
    await office.worker(db, { render: broken }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'queued', outcome: 'template of … is broken' }, { state: 'sent' }])
    expect(office.logged.join('')).not.toContain('@')
  })

  it('is not held up by a server that hangs', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    office.mailbox.answer(() => 'hang')
    const impatient = smtpMailer({ url: office.mailbox.url, from: FROM, clock: office.clock, patience: { answerMs: 300, mailMs: 1000 } })
    await office.worker(db, { mailer: impatient }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([
      { state: 'queued', attempts: 1 },
      { state: 'queued', attempts: 1 },
    ])

    await impatient.close()

    office.mailbox.answer(() => 'take')
    office.clock.forward(10 * SECOND)
    await office.worker(db).drainOnce() // with the usual patience: the server answers now, on a busy machine perhaps slowly
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
  })

  it.each<[string, (moment: Moment) => Reply]>([
    ['says 421 at the banner', ({ at }) => (at === 'connect' ? { code: 421, text: '4.3.2 too busy' } : 'take')],
    ['drops the line after the mail', ({ at }) => (at === 'data' ? 'drop' : 'take')],
    ['takes the mail and loses the answer', ({ at }) => (at === 'data' ? 'swallow' : 'take')],
  ])('keeps a mail under its Message-ID when the server %s', async (_what, answer) => {
    const db = await open()
    const [row] = await makeBareDeliveries(db, 1)
    office.mailbox.answer(answer)
    const impatient = smtpMailer({ url: office.mailbox.url, from: FROM, clock: office.clock, patience: { answerMs: 300, mailMs: 1000 } })
    await office.worker(db, { mailer: impatient }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'queued', attempts: 1, messageId: row?.messageId }])
    await impatient.close()
    const taken = office.mailbox.mails.length
    office.mailbox.answer(() => 'take')
    office.clock.forward(10 * SECOND)
    await office.worker(db).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 2 }])
    expect(office.messageIds()).toEqual(Array(taken + 1).fill(row?.messageId))
  })

  it('leaves out what has become needless', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    await office.worker(db, { render: async () => ({ suppressed: 'decided' }) }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'suppressed', outcome: 'decided', sentAt: null }])
    expect(office.mailbox.mails).toHaveLength(0)
  })

  it('gives up in the end', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const [first, second] = await rowsOf(db)
    await db.write(async (tx) => {
      await tx.delivery.update({ where: { id: first?.id ?? '' }, data: { attempts: MOST_ATTEMPTS - 1 } })
      await tx.delivery.update({ where: { id: second?.id ?? '' }, data: { attempts: MOST_ATTEMPTS } })
    })
    office.mailbox.answer(() => ({ code: 421, text: 'busy' }))
    await office.worker(db).drainOnce()
    expect(await rowsOf(db)).toMatchObject([
      { state: 'failed', outcome: expect.stringContaining('421') },
      { state: 'failed', outcome: 'given up: the process ended at every try' },
    ])
  })
})

describe('an answer as it is kept', () => {
  it('is one short line without addresses', () => {
    expect(plainAnswer('550-5.1.1 <budi@example.org>\r\n550 no "x"@y.z,\0 mailto:a@b.c;q')).toBe('550-5.1.1 <…> 550 no …, mailto:…;q')
    expect(plainAnswer(new Error('x'.repeat(5000)))).toHaveLength(300)
  })
})
