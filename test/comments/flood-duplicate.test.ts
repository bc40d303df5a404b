import { describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { TooFast } from '../../src/comments/errors.ts'
import { createDatabase } from '../support/databases.ts'
import { ARTICLE, startApp } from '../support/app.ts'
import { traces } from './state.ts'

const ME = { name: 'Budi', email: 'budi@pembaca.example' }
const kindOf = ({ status, body }: Response) => (status === 201 ? 201 : `${status} ${String(body.type).split(':').at(-1)}`)
const DUPLICATE = '409 duplicate'
const TOO_FAST = '429 too-fast'

describe.each(['sqlite', 'postgresql'] as const)('said already (%s)', (kind) => {
  it('refuses the same text by the same author on the same article, however late', async () => {
    const app = await startApp({ kind })
    await app.reply({ ...ME, body: 'Sama saja' }).expect(201)
    app.clock.advance(7 * 24 * 3600)
    const again = await app.reply({ ...ME, body: 'Sama saja' })
    expect(kindOf(again)).toBe(DUPLICATE)
    expect(again.get('Content-Type')).toContain('application/problem+json')
    expect(await traces(app)).toMatchObject({ comments: 1, sites: [{ pendingCount: 1 }] })
  })

  it('does not care for letter case of the address, the name, line ends, or spaces around the text', async () => {
    const app = await startApp({ kind })
    await app.reply({ ...ME, body: 'Sama\nsaja' }).expect(201)
    const same = [
      { email: 'BUDI@Pembaca.Example' },
      { name: 'Orang lain' },
      { body: '  Sama\r\nsaja\n' },
      { url: `${ARTICLE}?utm_source=x#comment-1` },
    ]
    for (const fields of same) expect(kindOf(await app.reply({ ...ME, body: 'Sama\nsaja', ...fields }))).toBe(DUPLICATE)
  })

  it('takes the same text by somebody else, on another article, or on another site', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    await app.reply({ ...ME, body: 'Sama saja' }).expect(201)
    await app.reply({ email: 'sari@pembaca.example', body: 'Sama saja' }).expect(201)
    await app.reply({ ...ME, url: `${ARTICLE}?p=2`, body: 'Sama saja' }).expect(201)
    await app.reply({ ...ME, body: 'Sama saja' }, 'lain').expect(201)
  })

  it('counts what is spam, rejected or approved just as what waits', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0, rejectWords: ['togel'] })
    for (const fields of [{ body: 'Spam', message_topic: 'x' }, { body: 'togel' }]) {
      await app.reply({ ...ME, ...fields }).expect(201)
      expect(kindOf(await app.reply({ ...ME, ...fields }))).toBe(DUPLICATE)
    }
  })

  it('says "duplicate" before "too fast"', async () => {
    const app = await startApp({ kind })
    await app.reply({ ...ME, body: 'Satu' }).expect(201)
    expect(kindOf(await app.reply({ ...ME, body: 'Satu' }))).toBe(DUPLICATE)
    expect(kindOf(await app.reply({ ...ME, body: 'Dua' }))).toBe(TOO_FAST)
  })

  it('stores one of the same replies that arrive in one moment', async () => {
    const app = await startApp({ kind })
    const answers = await Promise.all(Array.from({ length: 8 }, () => app.reply({ ...ME, body: 'Sama saja' })))
    expect(answers.map(kindOf).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => DUPLICATE)])
    expect(await traces(app)).toMatchObject({ comments: 1, sites: [{ pendingCount: 1 }] })
  })
})

describe.each(['sqlite', 'postgresql'] as const)('too fast (%s)', (kind) => {
  it('makes one e-mail address wait 15 seconds, and says how long', async () => {
    const app = await startApp({ kind })
    await app.reply({ ...ME, body: 'Satu' }).expect(201)
    app.clock.advance(4.5)
    const fast = await app.reply({ ...ME, email: 'Budi@PEMBACA.example', body: 'Dua' })
    expect([kindOf(fast), fast.get('Retry-After')]).toEqual([TOO_FAST, '11'])
    expect(await traces(app)).toMatchObject({ comments: 1 })
    app.clock.advance(10.499)
    expect(kindOf(await app.reply({ ...ME, body: 'Dua' }))).toBe(TOO_FAST)
    app.clock.advance(0.001)
    await app.reply({ ...ME, body: 'Dua' }).expect(201)
  })

  it('makes one browser wait, whatever address it types', async () => {
    const app = await startApp({ kind })
    const browser = 'peramban-0123456789abcdef'
    await app.reply({ browser }).expect(201)
    expect(kindOf(await app.reply({ browser }))).toBe(TOO_FAST)
    await app.reply({ browser: `${browser}-lain` }).expect(201)
    app.clock.advance(15)
    await app.reply({ browser }).expect(201)
  })

  it('lets twenty readers behind one address speak within a moment', async () => {
    const app = await startApp({ kind })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, reader) => app.reply({ browser: `peramban-0123456789-${reader}` })))
    expect(answers.map(kindOf)).toEqual(answers.map(() => 201))
  })

  it('takes one of several by one author that arrive in one moment', async () => {
    const app = await startApp({ kind })
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => app.reply({ ...ME, body: `Nomor ${n}` })))
    expect(answers.map(kindOf).toSorted()).toEqual([201, ...Array.from({ length: 5 }, () => TOO_FAST)])
    expect(await traces(app)).toMatchObject({ comments: 1 })
  })

  it('takes one of several by one author that are judged together', async () => {
    const app = await startApp({ kind })
    const site = await app.deps.sites.byKey('default')
    const submit = (body: string) =>
      app.deps.submit({
        site,
        form: { ...ME, url: ARTICLE, body },
        idempotencyKey: undefined,
        ip: null,
        browser: null,
        count: async () => true,
      })
    // Past HTTP, within one turn of the event loop, so that they are one group.
    const answers = await Promise.allSettled(['Satu', 'Dua', 'Tiga'].map(submit))
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? 201 : TooFast.is(answer.reason)))).toEqual([201, true, true])
    expect(await traces(app)).toMatchObject({ comments: 1 })
  })

  it('goes by the site’s own number of seconds, and not at all with 0', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 120 })
    await app.reply({ ...ME, body: 'Satu' }).expect(201)
    app.clock.advance(100)
    const fast = await app.reply({ ...ME, body: 'Dua' })
    expect([kindOf(fast), fast.get('Retry-After')]).toEqual([TOO_FAST, '20'])
    await app.set({ floodSeconds: 0 })
    await app.reply({ ...ME, body: 'Dua' }).expect(201)
    await app.reply({ ...ME, body: 'Tiga' }).expect(201)
  })

  it('is a matter of one site', async () => {
    const app = await startApp({ kind })
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    await app.reply({ ...ME, body: 'Satu' }).expect(201)
    await app.reply({ ...ME, body: 'Satu' }, 'lain').expect(201)
  })
})

describe('two servers on one PostgreSQL database', () => {
  it('store one of the same replies that reach both in one moment, and call the other a duplicate', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const one = await startApp({ kind: 'postgresql', databaseUrl })
    const two = await startApp({ kind: 'postgresql', databaseUrl })
    for (let round = 0; round < 8; round++) {
      const fields = { ...ME, email: `budi${round}@pembaca.example`, body: `Putaran ${round}` }
      const answers = await Promise.all([one.reply(fields), two.reply(fields)])
      expect(answers.map(kindOf).toSorted()).toEqual([201, DUPLICATE])
    }
    expect(await traces(one)).toMatchObject({ comments: 8, sites: [{ pendingCount: 8 }] })
  })
})
