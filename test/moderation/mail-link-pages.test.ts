import { describe, expect, test } from '@jest/globals'
import type { Response } from 'supertest'
import { addPerson } from '../../src/accounts/people.ts'
import { createMailLink } from '../../src/notifications/mail-links.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { everyTable } from '../comments/state.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { attribute, elementsOf, textOf } from '../views/document.ts'
import { openDesk } from './desk.ts'

const DAY = 86_400
type Action = 'approve' | 'reject' | 'spam'

/** An application with a moderator who gets its mails. */
async function start(kind: 'sqlite' | 'postgresql', env: Record<string, string> = {}) {
  const app = await startApp({ kind, env })
  const person = { name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' }
  const siteId = (await app.deps.sites.byKey('default')).id
  const { userId } = await addPerson({ db: app.deps.db, clock: app.clock, auth: app.deps.auth, person, role: 'moderator', siteId })
  return { app, desk: await openDesk(app), userId }
}

/** The paths of the links in the newest mail, in the order approve, reject, spam. */
async function mailedLinks(app: TestApp): Promise<Record<Action, string>> {
  await app.deps.delivery.drainOnce()
  const found = [...(app.mails.at(-1)?.text ?? '').matchAll(/http\S+(\/moderate\/[\w-]+)/g)].map(([, path = '']) => path)
  const [approve = '', reject = '', spam = ''] = new Set(found)
  return { approve, reject, spam }
}

/** All rows but the limiter's counts, which a POST may write. */
async function dump(app: TestApp) {
  const { RateLimit: _, ...tables } = await everyTable(app)
  return tables
}

const heading = (page: Response) => textOf(elementsOf(page.text).find(({ tagName }) => tagName === 'h1'))
const button = (page: Response) => elementsOf(page.text).find(({ tagName }) => tagName === 'button')

describe.each(['sqlite', 'postgresql'] as const)('the pages of mailed links on %s', (kind) => {
  test('change nothing however often they are looked at; the button decides once', async () => {
    const { app, desk } = await start(kind)
    const id = await desk.held({ name: 'Budi', email: 'budi@reader.example', body: 'Setuju' })
    const links = await mailedLinks(app)
    const before = await dump(app)
    for (const path of Object.values(links)) {
      for (let n = 0; n < 3; n++) expect((await app.http.get(path)).status).toBe(200)
      expect((await app.http.head(path)).status).toBe(200)
      expect((await app.http.get(`${path}?confirm=1&action=spam`)).status).toBe(200)
      expect((await app.http.options(path)).status).toBeLessThan(500)
      expect((await app.http.put(path)).status).toBe(404)
    }
    expect(await dump(app)).toEqual(before)

    const page = await app.http.get(links.approve)
    expect(page.text).toContain('Setuju')
    expect(page.text).toContain('b***@reader.example')
    expect(page.text).not.toContain('budi@reader.example')
    expect(
      attribute(
        elementsOf(page.text).find(({ tagName }) => tagName === 'form'),
        'method',
      ),
    ).toBe('post')
    const done = await app.http.post(links.approve)
    expect(done.status).toBe(200)
    expect((await desk.thread()).comments).toMatchObject([{ id }])
    expect((await desk.get(id)).history.at(-1)).toMatchObject({ actor: 'Sari', action: 'approve', via: 'mail' })

    const after = await dump(app)
    for (const path of Object.values(links)) {
      const again = await app.http.post(path)
      expect(again.status).toBe(409)
      expect(again.text).toContain('Sari')
      expect(again.text).not.toContain('Setuju')
      expect(button(again)).toBeUndefined()
      expect((await app.http.get(path)).text).not.toContain('Setuju')
    }
    expect(await dump(app)).toEqual(after)
  })

  test('of two buttons pressed at the same moment one decides', async () => {
    const { app, desk } = await start(kind)
    const id = await desk.held()
    const links = await mailedLinks(app)
    const answers = await Promise.all([app.http.post(links.approve), app.http.post(links.spam), app.http.post(links.approve)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect((await desk.get(id)).history).toHaveLength(2)
  })
})

describe('the pages of mailed links', () => {
  const kind = 'sqlite'

  test.each<[Action, string]>([
    ['approve', 'approved'],
    ['reject', 'rejected'],
    ['spam', 'spam'],
  ])('decide as they say (%s), and lead to the other decisions', async (action, status) => {
    const { app, desk } = await start(kind)
    const id = await desk.held()
    const links = await mailedLinks(app)
    const another = await desk.held()
    const page = await app.http.get(links[action])
    const others = elementsOf(page.text)
      .flatMap((element) => attribute(element, 'href') ?? [])
      .filter((href) => href.startsWith('/moderate/'))
    expect(others).toHaveLength(2)
    const titles = new Set([heading(page)])
    for (const href of others) {
      const other = await app.http.get(href)
      expect(other.status).toBe(200)
      titles.add(heading(other))
    }
    expect(titles.size).toBe(3)
    expect((await app.http.post(links[action])).status).toBe(200)
    expect((await desk.get(id)).status).toBe(status)
    expect((await desk.get(another)).status).toBe('pending')
    expect((await app.http.post(others[0] ?? '')).status).toBe(409)
  })

  test('of a changed text show that text, and decide about it', async () => {
    const { app, desk } = await start(kind)
    const comment = await desk.published({ body: 'Pertama' })
    await desk.amend(comment, 'Kedua')
    const links = await mailedLinks(app)
    expect((await app.http.get(links.approve)).text).toContain('Kedua')
    expect((await app.http.post(links.approve)).status).toBe(200)
    expect((await desk.thread()).comments).toMatchObject([{ html: '<p>Kedua</p>' }])
  })

  test('tell when the comment is another one than the mail was about', async () => {
    const { app, desk } = await start(kind)
    const id = await desk.held({ body: 'Pertama' })
    const links = await mailedLinks(app)
    await desk.edit(id, 'Kedua', 1)
    for (const page of [await app.http.get(links.approve), await app.http.post(links.approve)]) {
      expect(page.text).not.toMatch(/Pertama|Kedua/)
      expect(button(page)).toBeUndefined()
    }
    expect((await app.http.post(links.approve)).status).toBe(409)
    expect((await desk.get(id)).status).toBe('pending')
    await desk.decide(id, 'approve')
    await desk.decide(id, 'hold')
    expect((await app.http.post(links.spam)).status).toBe(409) // it waits again, but not as it was
    await desk.answer(id, 'x')
    await desk.remove(id)
    expect((await app.http.post(links.spam)).status).toBe(404)
  })

  test('show nothing for a link that is forged, out of date, or of somebody who does not belong any more', async () => {
    const { app, desk, userId } = await start(kind)
    const commentId = await desk.held({ name: 'Budi', body: 'Setuju' })
    const links = await mailedLinks(app)
    const make = (changes: object) =>
      new URL(
        createMailLink({
          keys: app.deps.keys,
          publicUrl: app.url,
          at: app.clock(),
          action: 'approve',
          commentId,
          version: 1,
          userId,
          ...changes,
        }),
      ).pathname
    expect((await app.http.get(make({}))).status).toBe(200)
    const forged = [
      make({ keys: deriveKeys('a secret of somebody else') }),
      make({ userId: commentId }),
      make({ at: new Date(app.clock().getTime() - 8 * DAY * 1000) }),
      `${links.approve.slice(0, -2)}AA`,
      '/moderate/x',
      '/moderate/%00',
      `/moderate/${'A'.repeat(500)}`,
    ]
    const before = await dump(app)
    const invalid = async (path: string) => {
      for (const page of [await app.http.get(path).set('Accept', 'text/html'), await app.http.post(path).set('Accept', 'text/html')]) {
        expect(page.status).toBe(404)
        expect(page.headers['content-type']).toMatch(/^text\/html/)
        expect(page.text).not.toMatch(/Budi|Setuju|<button/)
      }
    }
    for (const path of forged) await invalid(path)
    app.clock.advance(8 * DAY)
    await invalid(links.approve)
    app.clock.advance(-8 * DAY)
    expect(await dump(app)).toEqual(before)
    await app.deps.db.write((tx) => tx.membership.deleteMany({ where: { userId } }))
    await invalid(links.approve)
    expect((await desk.get(commentId)).status).toBe('pending')
  })
})

test('hostile text is inert in them, and nobody keeps, finds, frames or scripts them', async () => {
  const { app, desk } = await start('sqlite')
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)><form action=//evil.example><button>Setujui'
  await desk.held({
    name: hostile,
    title: hostile,
    website: 'https://evil.example/"onmouseover=x',
    body: `${hostile} <a href="javascript:alert(3)">klik</a>`,
  })
  const links = await mailedLinks(app)
  for (const path of Object.values(links)) {
    const page = await app.http.get(path)
    const elements = elementsOf(page.text)
    expect(elements.filter(({ tagName }) => ['script', 'img', 'iframe', 'object', 'base'].includes(tagName))).toEqual([])
    expect(elements.filter(({ tagName }) => tagName === 'form')).toHaveLength(1)
    expect(elements.filter(({ tagName }) => tagName === 'button')).toHaveLength(1)
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name, value }) => name.startsWith('on') || /javascript:/i.test(value))).toEqual(
      [],
    )
    for (const answer of [page, await app.http.get('/moderate/x').set('Accept', 'text/html')]) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
      })
      const policy = String(answer.headers['content-security-policy'])
      for (const part of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
        expect(policy).toContain(part)
      expect(policy).not.toMatch(/unsafe|script-src/)
    }
  }
  const outside = elementsOf((await app.http.get(links.approve)).text).filter((element) => attribute(element, 'href')?.startsWith('http'))
  for (const element of outside) expect(attribute(element, 'rel')).toMatch(element.tagName === 'a' ? /noopener/ : /./)
  expect(ARTICLE).toBe(outside.map((element) => attribute(element, 'href')).find((href) => href === ARTICLE))
})
