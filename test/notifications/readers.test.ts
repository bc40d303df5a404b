import { describe, expect, it } from '@jest/globals'
import { SUPPRESSED } from '../../src/notifications/suppressed.ts'
import { ARTICLE, kindOf, linkIn, openNewsroom } from './newsroom.ts'

describe.each(['sqlite', 'postgresql'] as const)('mails to readers (%s)', (kind) => {
  it('go out after an address was confirmed, and only then: of approval, and of what was said below', async () => {
    const room = await openNewsroom({ kind })
    const id = await room.say('siti@pembaca.example')
    await room.send()
    expect(room.mailbox.mails).toEqual([]) // it waits: nobody is told of anything

    await room.decide(id, 'approve')
    await room.send(60)
    expect(room.mailbox.mails).toEqual([]) // the decision may still be undone
    await room.send(61)
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])

    const answer = await room.reply(id)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked']) // not confirmed yet

    await room.press(linkIn(room.mailbox.mails[0], 'confirm')).expect(200)
    await room.reply(answer)
    const second = await room.say('siti@pembaca.example')
    await room.decide(second, 'approve')
    await room.send()
    expect((await room.kindsTo('siti@pembaca.example')).toSorted()).toEqual(['approved', 'asked', 'replied'])
  })

  it('tell each person once of an event, however often a decision flips', async () => {
    const room = await openNewsroom({ kind })
    const id = await room.follower('siti@pembaca.example')
    const answer = await room.say('budi@pembaca.example', { parentId: id, followReplies: false })
    for (const decision of ['approve', 'hold', 'approve', 'spam', 'approve'] as const) {
      await room.decide(answer, decision)
      await room.send()
    }
    await room.decide(id, 'hold')
    await room.decide(id, 'approve')
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied', 'approved'])
  })

  it('do not go out when the decision is undone in time, and do when it is made again', async () => {
    const room = await openNewsroom({ kind })
    const id = await room.follower('siti@pembaca.example')
    const answer = await room.reply(id)
    await room.app.http.post(`/api/v1/moderation/comments/${answer}/undo`).set(room.key).expect(200)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])
    const about = { where: { commentId: answer, readerId: { not: null } }, select: { state: true, outcome: true } }
    expect(await room.db.read.delivery.findMany(about)).toEqual([{ state: 'suppressed', outcome: SUPPRESSED.takenBack }])

    await room.decide(answer, 'approve')
    await room.send(119)
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked']) // held back anew
    await room.send(2)
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied'])
  })
})

describe('mails to readers', () => {
  it('follow from decisions about many, and from taking them all back', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    const answers = [await room.say('a@lain.example', { parentId: id }), await room.say('b@lain.example', { parentId: id })]
    const decided = await room.post('decisions', { ids: answers, decision: 'approve' }).expect(200)
    await room.post(`batches/${(decided.body as { batch: string }).batch}/undo`, {}).expect(200)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])

    await room.post('decisions', { ids: answers, decision: 'approve' }).expect(200)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied', 'replied'])
    expect(await room.kindsTo('a@lain.example')).toEqual(['asked'])
  })

  it('follow from a comment that the rules publish at once, whose author saw so at once', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    await room.follower('budi@pembaca.example')
    await room.app.set({ mode: 'publish-all' })
    await room.say('budi@pembaca.example', { parentId: id })
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied'])
    expect(await room.kindsTo('budi@pembaca.example')).toEqual(['asked'])
  })

  it('follow from an answer by a moderator: the author is told of it, and whoever wrote above is told of a reply', async () => {
    const room = await openNewsroom()
    const top = await room.follower('siti@pembaca.example')
    const id = await room.follower('budi@pembaca.example', { parentId: top })
    await room.post(`comments/${id}/replies`, { body: 'Terima kasih.' }).expect(201)
    await room.send()
    expect(await room.kindsTo('budi@pembaca.example')).toEqual(['asked', 'answered'])
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'replied', 'replied'])
  })

  it('never tell anybody of what they wrote themselves, whatever the letters of the address', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    const own = await room.say('SITI@pembaca.example', { parentId: id, followReplies: false })
    await room.decide(own, 'approve')
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])
  })

  it('tell of a branch once to somebody who wrote twice in it', async () => {
    const room = await openNewsroom()
    const first = await room.follower('siti@pembaca.example')
    const second = await room.say('siti@pembaca.example', { parentId: first })
    await room.decide(second, 'approve')
    await room.send()
    await room.reply(second)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'approved', 'replied'])
    expect(room.mailsTo('siti@pembaca.example').at(-1)?.inReplyTo).toBe(`<comment.${second}@balas.example>`)
  })

  it('never tell of spam, and of a rejection only where the site says so', async () => {
    const room = await openNewsroom()
    await room.follower('siti@pembaca.example')
    const comments = [await room.say('siti@pembaca.example'), await room.say('siti@pembaca.example')] as const
    await room.decide(comments[0], 'spam')
    await room.decide(comments[1], 'reject')
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])

    await room.app.set({ tellRejected: true })
    await room.decide(comments[0], 'reject') // from spam: whoever sends it is told nothing
    await room.decide(comments[1], 'hold')
    await room.decide(comments[1], 'reject')
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked', 'rejected'])
  })

  it('are taken along by a comment that is removed', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    const answer = await room.reply(id)
    await room.app.http.delete(`/api/v1/moderation/comments/${answer}`).set(room.key).expect(204)
    const rows = await room.db.read.delivery.findMany({ where: { commentId: answer } })
    expect(rows.map(({ state, outcome }) => [state, outcome])).toEqual([['suppressed', SUPPRESSED.gone]])

    await room.reply(id)
    await room.app.http.delete(`/api/v1/moderation/comments/${id}`).set(room.key).expect(204)
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])
  })

  it('speak the language of the form, else of the request, else of the site', async () => {
    const room = await openNewsroom()
    const subjects = async (fields: Record<string, unknown>, header?: string) => {
      const email = `${Math.random()}@pembaca.example`
      const request = room.app.reply({ email, followReplies: true, ...fields })
      if (header) void request.set('Accept-Language', header)
      const { body } = (await request.expect(201)) as { body: { comment: { id: string } } }
      await room.decide(body.comment.id, 'approve')
      await room.send()
      return room.mailsTo(email)[0]?.subject
    }
    expect(await subjects({ locale: 'de-AT' }, 'fr')).toMatch(/^Bitte Adresse bestätigen/)
    expect(await subjects({}, 'tlh, fr-CA;q=0.8, en;q=0.5')).toMatch(/^Confirmez votre adresse/)
    expect(await subjects({ locale: 'tlh' }, '*')).toMatch(/^Mohon konfirmasi/)
    await room.app.reply({ locale: 'no such language' }).expect(422)
  })

  it('are not offered, kept or sent when the site tells readers nothing', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example')
    await room.reply(id)
    await room.app.set({ tellReaders: false })
    await room.say('budi@pembaca.example')
    await room.send()
    expect(await room.kindsTo('siti@pembaca.example')).toEqual(['asked'])
    expect(await room.db.read.comment.count({ where: { follows: { not: null } } })).toBe(1)
    const page = await room.app.http.get('/sites/default/thread').query({ url: ARTICLE }).expect(200)
    expect(page.text).not.toContain('followReplies')
  })

  it('say what they are about, escape what people wrote, and stand together', async () => {
    const room = await openNewsroom()
    const id = await room.follower('siti@pembaca.example', { title: 'Banjir' })
    await room.reply(id, { name: 'Budi <b>', body: 'Betul <i>sekali</i> & <script>alert(1)</script>' })
    await room.send()
    const mail = room.mailsTo('siti@pembaca.example').at(-1)
    expect(mail && kindOf(mail)).toBe('replied')
    expect(mail?.subject).toBe('Balasan untuk Anda: “Banjir” – Situs saya')
    expect(mail?.html).toContain('Budi &lt;b>')
    expect(mail?.html).not.toContain('<script')
    expect(mail?.text).toContain('> Betul <i>sekali</i> & <script>alert(1)</script>')
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail?.headers.has('precedence')).toBe(false)
    expect(mail?.headers.has('reply-to')).toBe(false)
    expect(mail?.raw).toMatch(/^List-I[dD]:\s+<default\.replies\.balas\.example>\r$/m)
    expect(mail?.inReplyTo).toBe(`<comment.${id}@balas.example>`)
    expect(mail?.references).toContain(`<comment.${id}@balas.example>`)
    expect(mail?.raw).not.toContain('lain.example') // nobody else's address
  })
})
