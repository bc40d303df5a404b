import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { eachDatabase } from '../support/databases.ts'
import { LEASE, mailerThat, openPostOffice, type PostOffice, rowsOf, SECOND, withWrite } from './post-office.ts'
import { makeBareDeliveries } from './rows.ts'

let office: PostOffice

beforeEach(async () => {
  office = await openPostOffice()
})
afterEach(() => office.close())

eachDatabase('delivery by several workers', (open) => {
  it('shares 200 mails between two workers without sending one twice', async () => {
    const db = await open()
    const other = await open()
    const rows = await makeBareDeliveries(db, 200)

    const counts = await Promise.all([office.worker(db).drainOnce(), office.worker(other).drainOnce()])

    expect(counts.reduce((one, two) => one + two)).toBe(200)
    expect(office.messageIds()).toEqual(rows.map(({ messageId }) => messageId))
    expect((await rowsOf(db)).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true)
  })

  it('sends again, with the same Message-ID, what a worker sent and did not live to record', async () => {
    const db = await open()
    const [row] = await makeBareDeliveries(db, 1)
    let writes = 0
    const dying = withWrite(db, (work) => (writes++ === 0 ? db.write(work) : new Promise(() => undefined)))
    void office.worker(dying).drainOnce()
    await office.mailbox.waitForMail(1)

    const next = office.worker(db)
    expect(await next.drainOnce()).toBe(0)
    office.clock.forward(LEASE)
    expect(await next.drainOnce()).toBe(1)

    expect(office.messageIds()).toEqual([row?.messageId, row?.messageId])
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('sends nothing further while outcomes cannot be recorded', async () => {
    const db = await open()
    await makeBareDeliveries(db, 20)
    let writes = 0
    const failing = withWrite(db, (work) => (writes++ === 0 ? db.write(work) : Promise.reject(new Error('the disk is full'))))
    await expect(office.worker(failing, { concurrency: 1 }).drainOnce()).rejects.toThrow('the disk is full')
    expect(office.mailbox.mails).toHaveLength(1)
  })

  it('leaves a mail whose lease has passed to another worker to that one', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    const slow = mailerThat(async () => {
      office.clock.forward(LEASE)
      await office.worker(db).drainOnce()
      throw new Error('timed out')
    })
    await office.worker(db, { mailer: slow }).drainOnce()
    expect(await rowsOf(db)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('begins no mail for which its lease is too short: it is leased anew before it is sent', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const leftOfLease: number[] = []
    const slow = mailerThat(async ({ messageId }) => {
      const row = (await rowsOf(db)).find((each) => each.messageId === messageId)
      leftOfLease.push((row?.leaseUntil?.getTime() ?? 0) - office.clock().getTime())
      office.clock.forward(LEASE - 30 * SECOND)
      return { response: '250 after a long time' }
    })
    await office.worker(db, { mailer: slow, concurrency: 1 }).drainOnce()
    expect(leftOfLease).toEqual([LEASE, LEASE])
    expect(await rowsOf(db)).toMatchObject([
      { state: 'sent', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ])
  })
})
