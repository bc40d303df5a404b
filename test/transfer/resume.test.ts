import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { eachDatabase } from '../support/databases.ts'
import { startApp } from '../support/app.ts'
import { addComments, commentRow, second, SECRET } from './history.ts'
import { exported, idsOf, linesOf, optionsFor, seed } from './seed.ts'

eachDatabase('an export that broke off', (open) => {
  test.each(['ndjson', 'json', 'csv', 'wxr'] as const)(
    'goes on behind any comment with the very bytes that are missing (%s)',
    async (format) => {
      const db = await open()
      const { siteId, one, approved, reply, spam } = await seed(db)
      const options = await optionsFor(db, { siteId, format, emails: true })
      const whole = await exported(db, options)
      await addComments(db, [commentRow({ siteId, threadId: one, at: second(500), body: 'later' })])
      const rests = await Promise.all([approved, reply, spam].map(({ id }) => exported(db, { ...options, after: id })))
      for (const rest of rests) {
        expect(rest.length).toBeGreaterThan(0)
        expect(whole.endsWith(rest)).toBe(true)
      }
      const lengths = rests.map(({ length }) => length)
      expect(lengths).toEqual([...new Set(lengths)].toSorted((a, b) => b - a))
      expect(rests[0]?.startsWith(format === 'ndjson' ? `{"type":"comment","id":"${reply.id}"` : '')).toBe(true)
    },
  )
})

test('a client puts the file together over HTTP from what it has and the rest, and its checksum is right', async () => {
  const { http, url, deps, keyFor } = await startApp({ env: { SECRET } })
  const { one, siteId } = await seed(deps.db)
  const key = await keyFor('owner')
  const get = async (query: string) => {
    const answer = await fetch(`${url}/api/v1/sites/blog/export?${query}`, { headers: key })
    expect(answer.status).toBe(200)
    return { text: await answer.text(), snapshot: answer.headers.get('Balas-Snapshot') }
  }
  const { text: whole, snapshot } = await get('emails=true')
  const half = whole.slice(0, whole.indexOf('"body":"Terima kasih."'))
  const kept = half.slice(0, half.lastIndexOf('\n') + 1)
  const lines = linesOf(kept)
  expect(lines[0]).toMatchObject({ snapshot })
  await addComments(deps.db, [commentRow({ siteId, threadId: one, at: second(500) })])

  const after = idsOf(lines, 'comment').at(-1) ?? ''
  const { text: rest } = await get(`emails=true&after=${after}&snapshot=${snapshot}`)
  const text = kept + rest
  expect(text).toBe(whole)
  const trailer = text.lastIndexOf('{"type":"trailer"')
  expect(JSON.parse(text.slice(trailer))).toMatchObject({ sha256: createHash('sha256').update(text.slice(0, trailer)).digest('hex') })

  const refused = async (query: string) => (await http.get(`/api/v1/sites/blog/export?${query}`).set(key).expect(422)).body.errors
  expect(await refused(`after=${after}`)).toEqual([{ field: 'snapshot', message: expect.stringMatching(/is needed/) }])
  expect(await refused(`snapshot=/`)).toEqual([{ field: 'after', message: expect.stringMatching(/is needed/) }])
  const other = idsOf(linesOf(whole), 'thread')[0] ?? ''
  expect(await refused(`after=${other}&snapshot=${snapshot}`)).toEqual([
    { field: 'after', message: expect.stringMatching(/not a comment of this export/) },
  ])
  expect(await refused(`after=${after}&status=spam&snapshot=${snapshot}`)).toHaveLength(1)
})
