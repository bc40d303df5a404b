import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Database } from '../../../src/database/connect.ts'
import { eachDatabase } from '../../support/databases.ts'
import { openPostOffice, type PostOffice, rowsOf, withWrite } from '../post-office.ts'
import { MINUTE, openNewsroom } from './newsroom.ts'

const HOUR = 60 * MINUTE
const LIMITS = { digestAboveWaiting: 3, digestMinutes: 15, attackComments: 20 }
const notices = (db: Database) => db.read.heldNotice.count()
let office: PostOffice

beforeEach(async () => {
  office = await openPostOffice()
})
afterEach(() => office.close())

eachDatabase('telling moderators', (open) => {
  it('goes from a mail for each comment to a digest, to one alert, and back by itself', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, LIMITS)
    await room.member('ani@redaksi.example')

    const calm = await room.arrive(3)
    expect((await room.after(0)).map(({ subject }) => subject)).toEqual(
      calm.map(() => 'Komentar menunggu: “Banjir di Jakarta” – Warta Kota'),
    )

    const busy = await room.arrive(2)
    expect(await room.after(0)).toEqual([])
    expect(await room.after(14 * MINUTE)).toEqual([])
    const [digest, ...more] = await room.after(MINUTE)
    expect([digest?.subject, more]).toEqual(['2 komentar menunggu – Warta Kota', []])

    const flood: string[] = []
    for (let n = 0; n < 6; n++) flood.push(...(await room.arrive(10)))
    const [alert, ...none] = await room.after(0)
    expect([alert?.subject, none]).toEqual(['Komentar luar biasa banyak – Warta Kota', []])
    for (let n = 0; n < 6; n++) {
      flood.push(...(await room.arrive(15)))
      expect(await room.after(5 * MINUTE)).toEqual([])
    }
    expect(await rowsOf(db)).toHaveLength(5) // three mails, a digest and an alert: nothing for each of 150 comments

    await room.decide(flood.slice(0, 149), 'spam')
    const [rest, ...nothing] = await room.after(15 * MINUTE)
    expect([rest?.subject, nothing]).toEqual(['1 komentar menunggu – Warta Kota', []])

    await room.decide([...calm, ...busy])
    await room.arrive()
    expect((await room.after(0)).map(({ subject }) => subject)).toEqual(['Komentar menunggu: “Banjir di Jakarta” – Warta Kota'])
    expect(await notices(db)).toBe(0)
  })

  it('forgets nothing: what had no mail of its own is in the digest as long as it waits, and nothing that was decided', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, LIMITS)
    await room.member('ani@redaksi.example')
    await room.arrive(3, { body: 'Sudah dikabarkan.' })
    await room.after(0)
    const [approved, spam, first, second] = await room.arrive(4, { body: 'Belum dikabarkan.' })
    await room.after(0)
    await room.decide([approved ?? ''], 'approved')
    await room.decide([spam ?? ''], 'spam')

    const [digest] = await room.after(15 * MINUTE)

    expect(digest?.subject).toBe('2 komentar menunggu – Warta Kota')
    expect(digest?.text).not.toContain('Sudah dikabarkan.')
    expect(digest?.text?.match(/^> Belum dikabarkan\.$/gm)).toHaveLength(2)
    expect(digest?.text?.match(/\/moderate\//g)).toHaveLength(6)
    expect(digest?.text).toContain('5 komentar sedang menunggu di Warta Kota.')
    await room.decide([first ?? '', second ?? ''])
    expect(await room.after(HOUR)).toEqual([])
  })

  it('sends no digest when everything in it was decided', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, { ...LIMITS, digestAboveWaiting: 0 })
    await room.member('ani@redaksi.example')
    const ids = await room.arrive(2)
    await room.after(0)
    await room.decide(ids)
    expect(await room.after(15 * MINUTE)).toEqual([])
    expect(await rowsOf(db)).toMatchObject([
      { kind: 'comments.digest', state: 'suppressed', outcome: 'it was decided before the mail was sent' },
    ])
  })

  it('tells each as they chose: at once, in digests of their own, of their articles, or not at all', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('ani@redaksi.example')
    await room.member('budi@redaksi.example', { choices: { heldComments: 'digest', digestMinutes: 120 } })
    await room.member('citra@redaksi.example', { choices: { heldComments: 'off' } })
    await room.member('dewi@redaksi.example', { choices: { articles: ['https://warta.example/olahraga/'] } })
    const sport = await room.article('https://www.warta.example/olahraga/final')
    const toWhom = (mails: Awaited<ReturnType<typeof room.after>>) => mails.map(({ envelope }) => envelope.to[0]).toSorted()

    await room.arrive()
    await room.arrive(1, { threadId: sport })
    expect(toWhom(await room.after(0))).toEqual(['ani@redaksi.example', 'ani@redaksi.example', 'dewi@redaksi.example'])
    expect(toWhom(await room.after(119 * MINUTE))).toEqual([])
    expect(toWhom(await room.after(MINUTE))).toEqual(['budi@redaksi.example'])
  })

  it('gives a digest of assigned articles only those', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('dewi@redaksi.example', { choices: { heldComments: 'digest', digestMinutes: 5, articles: ['/olahraga/'] } })
    await room.member('ani@redaksi.example', { choices: { heldComments: 'digest', digestMinutes: 30 } })
    const sport = await room.article('https://warta.example/olahraga/final')
    await room.arrive(2, { body: 'Tentang banjir.' })
    await room.arrive(1, { threadId: sport, body: 'Tentang final.' })
    await room.after(0)
    const [digest] = await room.after(5 * MINUTE)
    expect(digest?.subject).toBe('1 komentar menunggu – Warta Kota')
    expect(digest?.text).toContain('Tentang final.')
    expect(digest?.text).not.toContain('Tentang banjir.')
  })

  it('waits for the end of quiet hours and then sends one digest, by the member’s own clocks', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('ani@redaksi.example', { personal: { quietHours: { from: '22:00', to: '06:00' } } }) // Jakarta's, UTC+7
    await room.member('ben@redaksi.example', { personal: { timeZone: 'Europe/Berlin', quietHours: { from: '11:30', to: '12:30' } } })
    const noticed = async (milliseconds: number) =>
      (await room.after(milliseconds)).map(({ envelope, subject }) => `${envelope.to[0]}: ${subject}`)
    const each = 'Komentar menunggu: “Banjir di Jakarta” – Warta Kota'

    await room.arrive() // at noon in Jakarta, six in the morning in Berlin
    expect((await noticed(0)).toSorted()).toEqual([`ani@redaksi.example: ${each}`, `ben@redaksi.example: ${each}`])
    await noticed(5 * HOUR + 45 * MINUTE) // 11:45 in Berlin, 17:45 in Jakarta
    await room.arrive()
    expect(await noticed(0)).toEqual([`ani@redaksi.example: ${each}`])
    expect(await noticed(45 * MINUTE)).toEqual(['ben@redaksi.example: 1 komentar menunggu – Warta Kota'])
    await noticed(5 * HOUR) // 23:30 in Jakarta
    await room.arrive(2)
    expect(await noticed(0)).toEqual([`ben@redaksi.example: ${each}`, `ben@redaksi.example: ${each}`])
    expect(await noticed(6 * HOUR + 29 * MINUTE)).toEqual([])
    expect(await noticed(MINUTE)).toEqual(['ani@redaksi.example: 2 komentar menunggu – Warta Kota'])
  })

  it('sends no more a day than the site allows, and the rest in a digest of the next day', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, { memberMailsPerDay: 4 })
    await room.member('ani@redaksi.example')
    await room.arrive(3)
    expect(await room.after(0)).toHaveLength(3)
    await room.arrive(3)
    expect(await room.after(15 * MINUTE)).toHaveLength(0)
    expect((await room.after(15 * MINUTE)).map(({ subject }) => subject)).toEqual(['3 komentar menunggu – Warta Kota'])
    await room.arrive(2)
    expect(await room.after(11 * HOUR)).toEqual([]) // until midnight in Jakarta: it is half past eleven in the evening
    expect((await room.after(30 * MINUTE)).map(({ subject }) => subject)).toEqual(['2 komentar menunggu – Warta Kota'])
  })

  it('speaks the member’s language and says how to stop in one click', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, { digestAboveWaiting: 0 })
    await room.member('ani@redaksi.example', { personal: { locale: 'en', timeZone: 'Europe/London' } })
    await room.arrive()
    await room.after(0)
    const [digest] = await room.after(15 * MINUTE)
    expect(digest?.subject).toBe('1 comment waiting – Warta Kota')
    expect(digest?.text).toContain('Siti Rahmawati · December 18, 2025 at 5:00 AM GMT')
    expect(digest?.text).toContain('This site holds every comment.')
    expect(digest?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(digest?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(digest?.references).toBe(`<digest.${room.site.id}@balas.example>`)
    expect(digest?.html).toContain('lang="en"')
  })

  it('lets two replicas settle and send at once, and each digest goes out once', async () => {
    const db = await open()
    const other = await open()
    const room = await openNewsroom(db, office, { digestAboveWaiting: 0 })
    for (const name of ['ani', 'budi', 'citra']) await room.member(`${name}@redaksi.example`)
    const replicas = [room.replica(db), room.replica(other)]
    await room.arrive(5)
    await Promise.all(replicas.map(({ send }) => send()))
    expect(await notices(db)).toBe(0)
    room.clock.forward(15 * MINUTE)
    await Promise.all(replicas.map(({ send }) => send()))
    await Promise.all(replicas.map(({ send }) => send()))
    expect(room.sent()).toEqual(Array(3).fill('5 komentar menunggu – Warta Kota'))
  })

  it('loses nothing when the process ends in the middle of a round', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('ani@redaksi.example')
    await room.arrive(2)
    const dying = withWrite(db, (work) =>
      db.write(async (tx) => {
        await work(tx)
        throw new Error('the process ends before the commit')
      }),
    )
    await room.replica(dying).prepare()
    expect([await notices(db), await rowsOf(db)]).toEqual([1, []])
    expect(await room.after(0)).toHaveLength(2)
  })

  it('tells nobody who left or turned it off meanwhile, and drops their digest', async () => {
    const db = await open()
    const room = await openNewsroom(db, office, { digestAboveWaiting: 0 })
    const left = await room.member('ani@redaksi.example')
    const off = await room.member('budi@redaksi.example')
    await room.arrive()
    await room.after(0)
    await db.write(async (tx) => {
      await tx.membership.deleteMany({ where: { userId: left } })
      await tx.memberPreference.updateMany({ where: { userId: off }, data: { heldComments: 'off' } })
    })
    expect(await room.after(15 * MINUTE)).toEqual([])
    expect(await db.read.memberPace.findMany({ where: { digestAt: { not: null } } })).toEqual([])
  })
})
