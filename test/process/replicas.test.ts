import { expect, test } from '@jest/globals'
import { eventually } from '../comments/hot.ts'
import { listen } from '../comments/listen.ts'
import { ARTICLE } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { newDataDir, run, serve } from './run.ts'

const THREAD = `/api/v1/sites/default/thread?url=${encodeURIComponent(ARTICLE)}`
const COMMENTS = '/api/v1/sites/default/comments'

interface Taken {
  comment: { id: string }
  editToken: string
}

test('two replicas on one PostgreSQL start at once, and what one does the other shows at once, tells its readers and sends anew', async () => {
  const env = { DATABASE_URL: await createDatabase('postgresql'), SECRET: 'the secret both replicas share' }
  const [one, two] = await Promise.all([serve({ ...env, DATA_DIR: await newDataDir() }), serve({ ...env, DATA_DIR: await newDataDir() })])
  const key = (await run('cli.js', ['key', 'create', '--role', 'owner'], { env })).stdout.trim()

  /** Asks the second replica to do something. */
  const ask = async <Answer>(method: string, path: string, body?: object, token = key): Promise<Answer> => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const answer = await fetch(`${two.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    expect({ path, ok: answer.ok }).toEqual({ path, ok: true })
    return (await (answer.status === 204 ? null : answer.json())) as Answer
  }
  const decide = (id: string, decision: string) =>
    ask<{ comment: { version: number } }>('POST', `/api/v1/moderation/comments/${id}/decisions`, { decision })
  /** What the first replica gives to a reader who has its last answer, which it keeps for longer than anybody waits here. */
  let etag = ''
  const read = async () => {
    const answer = await fetch(one.url + THREAD, { headers: { 'If-None-Match': etag } })
    return answer.status === 304 ? '304' : ((etag = answer.headers.get('ETag') ?? ''), await answer.text())
  }
  /** The first replica's next answer that is another one; right after it, nothing is sent twice. */
  const news = async () => {
    const text = await eventually(read, (answer) => answer !== '304')
    expect(await read()).toBe('304')
    return JSON.parse(text) as { count: number; mails: boolean; comments: { html: string; removed?: boolean }[] }
  }
  const reply = async (n: number) =>
    ask<Taken>('POST', COMMENTS, { url: ARTICLE, name: `Pembaca ${n}`, email: `pembaca${n}@example.com`, body: `Komentar ${n}` })

  expect(await news()).toMatchObject({ count: 0, mails: true })
  const page = await listen(one)
  await page.told([0])

  const first = await reply(1)
  await decide(first.comment.id, 'approve')
  expect(await news()).toMatchObject({ count: 1 })
  await page.told([0, 1])

  await ask('PATCH', `${COMMENTS}/${first.comment.id}`, { body: 'Diubah pembaca' }, first.editToken)
  expect(await read()).toBe('304')
  const { version } = (await decide(first.comment.id, 'approve')).comment
  expect(await news()).toMatchObject({ comments: [{ html: expect.stringContaining('Diubah pembaca') }] })

  await ask('PATCH', `/api/v1/moderation/comments/${first.comment.id}`, { body: 'Diubah redaksi', version })
  expect(await news()).toMatchObject({ comments: [{ html: expect.stringContaining('Diubah redaksi') }] })

  const second = await reply(2)
  await decide(second.comment.id, 'approve')
  expect(await news()).toMatchObject({ count: 2 })
  await ask('DELETE', `${COMMENTS}/${second.comment.id}`, undefined, second.editToken)
  expect(await news()).toMatchObject({ count: 1 })

  await ask('POST', `/api/v1/moderation/comments/${first.comment.id}/replies`, { body: 'Dari redaksi' })
  expect(await news()).toMatchObject({ count: 2 })
  await ask('DELETE', `/api/v1/moderation/comments/${first.comment.id}`)
  expect(await news()).toMatchObject({ count: 1, comments: [{ removed: true }, {}] })
  await page.told([0, 1, 2, 3, 4, 5, 6, 7])

  await ask('PATCH', '/api/v1/sites/default', { settings: { tellReaders: false } })
  expect(await news()).toMatchObject({ count: 1, mails: false })
  await eventually(
    async () => page.hasEnded(),
    (hasEnded) => hasEnded, // its browser comes again, and is judged by the new settings
  )

  expect((await Promise.all([one.signal('SIGTERM'), two.signal('SIGTERM')])).map(({ code }) => code)).toEqual([0, 0])
})
