import { describe, expect, it } from '@jest/globals'
import type { Database } from '../../src/database/connect.ts'
import { emailIndex } from '../../src/privacy/sealed.ts'
import { MOST_A_DAY } from '../../src/notifications/allowance-store.ts'
import { stopAddress } from '../../src/notifications/stop-store.ts'
import { SUPPRESSED } from '../../src/notifications/suppressed.ts'
import { linkIn, openNewsroom } from './newsroom.ts'

const DAY = 86_400

/** Every row of every table. */
async function dump(db: Database) {
  const tables = Object.entries(db.read).filter(([, table]) => typeof table === 'object' && table !== null && 'findMany' in table)
  const rows = await Promise.all(
    tables.map(async ([name, table]) => [name, await (table as { findMany: () => Promise<unknown[]> }).findMany()]),
  )
  return JSON.stringify(rows)
}

describe('every link of every mail', () => {
  it('leaves every row unchanged when it is fetched, by GET or HEAD, and tells nobody’s address', async () => {
    const room = await openNewsroom()
    await room.openSite({ key: 'lain', name: 'Lain', locale: 'en' })
    await room.db.write(async (tx) => {
      const now = room.app.clock()
      await tx.user.create({
        data: { id: 'm', name: 'M', email: 'm@redaksi.example', emailVerified: true, createdAt: now, updatedAt: now },
      })
      await tx.membership.create({ data: { id: 'm', userId: 'm', siteId: '*', role: 'moderator', createdAt: now } })
    })
    const id = await room.follower('siti@pembaca.example')
    await room.reply(id)
    await room.post(`comments/${id}/replies`, { body: 'Terima kasih.' }).expect(201)
    await room.say('budi@pembaca.example')
    await room.send()

    const links = new Set(room.mailbox.mails.flatMap(({ text = '' }) => text.match(/https:\/\/balas\.example\/\S+/g) ?? []))
    const kinds = [...new Set([...links].map((link) => link.replace(/[\w-]{40,}$/, '')))].toSorted()
    expect(kinds).toEqual([
      'https://balas.example/admin/account',
      'https://balas.example/follow/confirm/',
      'https://balas.example/follow/stop/',
      'https://balas.example/mails/stop/',
      'https://balas.example/moderate/',
    ])
    const before = await dump(room.db)
    for (const link of links) {
      const path = new URL(link).pathname
      const page = await room.app.http.get(path).expect(200)
      await room.app.http.head(path).expect(200)
      expect(page.text).not.toContain('siti@pembaca.example')
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
      expect(link).not.toMatch(/@|siti/)
    }
    expect(await dump(room.db)).toBe(before)
  })
})

describe.each(['sqlite', 'postgresql'] as const)('stopping mails (%s)', (kind) => {
  it('takes one click of a mail program, without a session, and holds for the whole site', async () => {
    const room = await openNewsroom({ kind })
    const id = await room.follower('siti@pembaca.example')
    await room.reply(id)
    await room.send()
    const mail = room.mailsTo('siti@pembaca.example').at(-1)
    const header = (name: string) => new RegExp(`^${name}:\\s+(.*)\r$`, 'm').exec(mail?.raw ?? '')?.[1]
    const link = linkIn(mail, 'stop')
    expect(header('List-Unsubscribe')).toBe(`<${link}>`)
    expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')

    const click = room.app.http.post(new URL(link).pathname).field('List-Unsubscribe', 'One-Click') // multipart, as the RFC prefers
    expect((await click.expect(200)).text).toContain('s***@pembaca.example')
    await room.press(link).send('List-Unsubscribe=One-Click').expect(200)
    await room.reply(id)
    const other = await room.say('siti@pembaca.example', { url: 'https://berita.example/lain' })
    await room.decide(other, 'approve')
    await room.send(2 * DAY)
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied'])
  })

  it('goes for a thread, a site or the whole server, and back', async () => {
    const room = await openNewsroom({ kind })
    await room.openSite({ key: 'lain', name: 'Lain', locale: 'id' })
    const id = await room.follower('siti@pembaca.example')
    const link = linkIn(room.mailsTo('siti@pembaca.example')[0], 'stop')
    const path = new URL(link).pathname
    const heard = async () => {
      const count = room.mailsTo('siti@pembaca.example').length
      await room.reply(id)
      await room.send()
      return room.mailsTo('siti@pembaca.example').length - count
    }
    const choose = async (choice: string) => {
      const answer = await room.app.http.post(`${path}/${choice}`).expect(303)
      expect(answer.headers['location']).toBe(path)
    }

    expect(await heard()).toBe(1)
    await choose('thread')
    expect(await heard()).toBe(0)
    expect((await room.app.http.get(path)).text).toContain('di artikel ini')
    await choose('resume')
    expect(await heard()).toBe(1)
    await choose('server')
    expect(await heard()).toBe(0)
    const foreign = await room.say('siti@pembaca.example', { url: 'https://lain.example/x' }, 'lain')
    await room.decide(foreign, 'approve')
    await room.send(2 * DAY)
    expect(room.mailbox.mails.filter(({ subject }) => subject?.includes('Lain'))).toEqual([])
  })

  it('forgets nobody who bounced: no mail is tried again, and the ledger says why', async () => {
    const room = await openNewsroom({ kind })
    const id = await room.follower('siti@pembaca.example')
    const index = emailIndex(room.app.deps.keys, 'siti@pembaca.example')
    await room.db.write(async (tx) => {
      await stopAddress(tx, { emailIndex: index, reason: 'bounced', at: room.app.clock() })
      await stopAddress(tx, { emailIndex: index, reason: 'bounced', at: room.app.clock() })
    })
    await room.reply(id)
    await room.send()
    const { mails } = (await room.app.http.get('/api/v1/sites/default/mail').set(room.key).expect(200)).body as {
      mails: { to: string; kind: string; state: string; outcome: string }[]
    }
    expect(mails[0]).toMatchObject({
      to: 'siti@pembaca.example',
      kind: 'comment.replied',
      state: 'suppressed',
      outcome: SUPPRESSED.bounced,
    })
  })

  it('is done for people: nobody is asked to confirm twice within a day, whatever the site', async () => {
    const room = await openNewsroom({ kind })
    await room.openSite({ key: 'lain', name: 'Lain', locale: 'id' })
    for (const site of ['default', 'lain', 'default', 'lain']) {
      await room.decide(await room.say('korban@pembaca.example', {}, site), 'approve')
    }
    await room.send()
    expect(await room.kindsTo('korban@pembaca.example')).toEqual(['asked'])
    const rows = await room.db.read.delivery.findMany({ where: { readerId: { not: null } }, select: { state: true, outcome: true } })
    expect(rows.filter(({ state }) => state === 'suppressed')).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'suppressed', outcome: SUPPRESSED.askedToday })),
    )
    room.app.clock.advance(DAY)
    await room.decide(await room.say('korban@pembaca.example'), 'approve')
    await room.send()
    expect(await room.kindsTo('korban@pembaca.example')).toEqual(['asked', 'asked'])
  })
})

describe('a reader', () => {
  it('gets so many mails in a day, is told with the last that it is the last, and goes on the day after', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    for (let answers = 0; answers < MOST_A_DAY + 2; answers++) await room.reply(id)
    await room.send()
    const mails = room.mailsTo('siti@pembaca.example')
    expect(mails).toHaveLength(MOST_A_DAY)
    expect(mails.filter(({ text }) => text?.includes('email terakhir untuk hari ini'))).toHaveLength(1)
    expect(await room.db.read.delivery.count({ where: { outcome: SUPPRESSED.tooMany } })).toBe(3)
    room.app.clock.advance(DAY)
    await room.reply(id)
    await room.send()
    expect(room.mailsTo('siti@pembaca.example')).toHaveLength(MOST_A_DAY + 1)
  })

  it('who confirms nothing is forgotten after a month, and the links with it', async () => {
    const room = await openNewsroom()
    await room.decide(await room.say('siti@pembaca.example'), 'approve')
    await room.send()
    const link = linkIn(room.mailbox.mails[0], 'confirm')
    room.app.clock.advance(31 * DAY)
    await room.app.deps.subscriptions.forgetOld()
    await room.press(link).expect(404)
    expect(await room.db.read.subscription.count()).toBe(0)
  })

  it('cannot be confirmed with a link of another purpose, a forged one, or half of one', async () => {
    const room = await openNewsroom()
    await room.decide(await room.say('siti@pembaca.example'), 'approve')
    await room.send()
    const [mail] = room.mailbox.mails
    const [confirm, stop] = [linkIn(mail, 'confirm'), linkIn(mail, 'stop')]
    for (const bad of [stop.replace('/stop/', '/confirm/'), `${confirm}A`, confirm.slice(0, -3)]) await room.press(bad).expect(404)
    await room.press(`${stop.slice(0, -8)}AAAAAAAA`).expect(404)
    expect(await room.db.read.subscription.findFirst()).toMatchObject({ state: 'pending' })
  })

  it('who stopped mails and then confirms by an old link stays without', async () => {
    const room = await openNewsroom()
    const id = await room.say('siti@pembaca.example')
    await room.decide(id, 'approve')
    await room.send()
    const [mail] = room.mailbox.mails
    await room.press(linkIn(mail, 'stop')).expect(200)
    const page = await room.press(linkIn(mail, 'confirm')).expect(200)
    expect(page.text).toContain('tidak lagi mendapat email')
    await room.reply(id)
    await room.send()
    expect(room.mailbox.mails).toHaveLength(1)
  })
})
