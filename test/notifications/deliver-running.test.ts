import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { eachDatabase } from '../support/databases.ts'
import { mailerThat, openPostOffice, type PostOffice, rowsOf, SECOND, until, withWrite } from './post-office.ts'
import { makeBareDeliveries } from './rows.ts'

let office: PostOffice

beforeEach(async () => {
  office = await openPostOffice()
})
afterEach(() => office.close())

eachDatabase('delivery that goes on by itself', (open) => {
  it('begins at once when woken, and by itself when a mail falls due', async () => {
    const db = await open()
    await makeBareDeliveries(db, 2)
    const dueIn = (userId: string, seconds: number) =>
      db.write((tx) =>
        tx.delivery.updateMany({ where: { userId }, data: { nextAt: new Date(office.clock().getTime() + seconds * SECOND) } }),
      )
    await dueIn('user-0', 1)
    await dueIn('user-1', 2)
    const delivery = office.worker(db)
    delivery.start()
    expect(await delivery.drainOnce()).toBe(0)

    office.clock.forward(SECOND)
    delivery.wake()
    await office.mailbox.waitForMail(1, 1500)
    expect(await delivery.drainOnce()).toBe(0)
    office.clock.forward(SECOND)
    await office.mailbox.waitForMail(2)
  })

  it('survives a database that is down, says so once, and goes on', async () => {
    const db = await open()
    await makeBareDeliveries(db, 1)
    let down = true
    const flaky = withWrite(db, (work) => (down ? Promise.reject(new Error('connection to owner@example.org lost')) : db.write(work)))
    const delivery = office.worker(flaky)
    delivery.start()
    await until(() => office.logged.length > 0)
    delivery.wake()
    down = false
    delivery.wake()
    await office.mailbox.waitForMail(1)
    await until(() => office.logged.some((line) => line.includes('being sent again')))
    expect(office.logged.filter((line) => line.includes('cannot be worked on'))).toHaveLength(1)
    expect(office.logged.join('')).not.toContain('@')
  })

  it('lets mails under way end when stopped, and gives the rest back untried', async () => {
    const db = await open()
    await makeBareDeliveries(db, 10)
    let release = () => undefined as void
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let begun = 0
    const gated = mailerThat(async () => {
      begun += 1
      await gate
      return { response: '250 ok' }
    })
    const delivery = office.worker(db, { mailer: gated, concurrency: 2 })
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
