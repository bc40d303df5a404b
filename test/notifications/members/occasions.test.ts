import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Database } from '../../../src/database/connect.ts'
import { newId } from '../../../src/ids.ts'
import { eachDatabase } from '../../support/databases.ts'
import { openPostOffice, type PostOffice, rowsOf } from '../post-office.ts'
import { MINUTE, type Newsroom, openNewsroom } from './newsroom.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** From Thursday noon in Jakarta, where the clock stands at first, to eight on Monday morning. */
const TO_MONDAY = 3 * DAY + 20 * HOUR
const QUIET = { heldComments: 'off' } as const
let office: PostOffice

beforeEach(async () => {
  office = await openPostOffice()
})
afterEach(() => office.close())

const subjects = (mails: Awaited<ReturnType<Newsroom['after']>>) => mails.map(({ subject, envelope }) => `${envelope.to[0]}: ${subject}`)

/** A first decision by a person, as history keeps it. */
const decided = (db: Database, { commentId, at }: { commentId: string; at: Date }) =>
  db.write((tx) =>
    tx.history.create({
      data: {
        id: newId(at),
        commentId,
        at,
        actorId: 'user:1',
        actorName: 'Ani',
        action: 'approve',
        from: 'pending',
        to: 'approved',
        version: 5,
      },
    }),
  )

eachDatabase('telling owners', (open) => {
  it('sums a week up once, on Monday morning by the site’s clocks, for owners who want it', async () => {
    const db = await open()
    const other = await open()
    const room = await openNewsroom(db, office)
    await room.member('olga@redaksi.example', { role: 'owner', choices: QUIET, personal: { locale: 'en' } })
    await room.member('tono@redaksi.example', { role: 'owner', choices: { ...QUIET, weeklySummary: false } })
    await room.member('ani@redaksi.example', { choices: QUIET })
    const [first = '', second = '', third = ''] = await room.arrive(4)
    room.clock.forward(2 * HOUR)
    await decided(db, { commentId: first, at: room.clock() })
    room.clock.forward(HOUR)
    await decided(db, { commentId: second, at: room.clock() })
    await room.decide([first, second])
    await room.decide([third], 'spam')

    expect(await room.after(TO_MONDAY - 3 * HOUR - MINUTE)).toEqual([])
    await room.arrive() // of the new week
    room.clock.forward(MINUTE)
    const replicas = [room.replica(db), room.replica(other)]
    await Promise.all(replicas.map(({ send }) => send()))
    await Promise.all(replicas.map(({ send }) => send()))
    const [mail, ...more] = await room.after(2 * HOUR)

    expect(subjects([mail, ...more].filter((one) => one !== undefined))).toEqual(['olga@redaksi.example: The week on Warta Kota'])
    expect(mail?.text).toContain('The week from December 15, 2025 to December 21, 2025')
    expect(mail?.text).toContain(
      [
        'Received: 4',
        'Approved: 2',
        'Rejected: 0',
        'Spam: 1',
        'Waiting: 1',
        'Half of the comments waited at most: 2 hours',
        'Nine of ten waited at most: 3 hours',
      ].join('\n'),
    )
    expect(mail?.text).toContain('Busiest articles:\nBanjir di Jakarta: 4')
    expect(mail?.raw).toMatch(/^List-Unsubscribe:\s+<https:\/\/balas\.example\/mails\/stop\/[\w-]+>\r$/m)
    expect(subjects(await room.after(5 * DAY))).toEqual([])
    expect(subjects(await room.after(2 * DAY))).toEqual(['olga@redaksi.example: The week on Warta Kota'])
  })

  it('catches up on Wednesday when nothing ran on Monday, and says nothing of a week without anything', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('olga@redaksi.example', { role: 'owner', choices: QUIET })
    expect(await room.after(0)).toEqual([]) // the site is younger than the week before
    await room.arrive()
    expect(subjects(await room.after(TO_MONDAY + 2 * DAY))).toEqual(['olga@redaksi.example: Sepekan di Warta Kota'])
    expect(await room.after(7 * DAY)).toEqual([])
    expect((await rowsOf(db)).map(({ outcome }) => outcome).at(-1)).toBe('nothing happened in that week')
  })

  it('says once a day that mails fail, and never that this very mail does', async () => {
    const db = await open()
    const room = await openNewsroom(db, office)
    await room.member('olga@redaksi.example', { role: 'owner', choices: QUIET })
    await room.member('tono@redaksi.example', { role: 'owner', choices: { ...QUIET, deliveryFailing: false } })
    await room.member('ani@redaksi.example')
    office.mailbox.answer((moment) =>
      moment.at === 'recipient' && moment.recipient !== 'olga@redaksi.example'
        ? { code: 550, text: '5.1.1 <ani@redaksi.example> does not live here' }
        : 'take',
    )
    await room.arrive(2)
    expect(await room.after(0)).toEqual([])
    const [alert, ...more] = await room.after(MINUTE)
    expect(subjects([alert, ...more].filter((one) => one !== undefined))).toEqual(['olga@redaksi.example: Email tidak sampai – Warta Kota'])
    expect(alert?.text).toContain('2 email tidak sampai')
    expect(alert?.text).toMatch(/Jawaban terakhir: .*does not live here/)
    expect(alert?.raw).not.toContain('ani@redaksi.example')

    office.mailbox.answer((moment) => (moment.at === 'recipient' ? { code: 550, text: 'nobody lives here' } : 'take'))
    await room.arrive()
    await room.after(HOUR)
    expect(await room.after(HOUR)).toEqual([])
    await room.after(22 * HOUR) // a day later it is told of, which fails
    expect((await rowsOf(db)).filter(({ kind }) => kind === 'site.failing')).toMatchObject([{ state: 'sent' }, { state: 'failed' }])
    office.mailbox.answer(() => 'take')
    expect(await room.after(2 * DAY)).toEqual([])
  })
})
