import { stat } from 'node:fs/promises'
import { Agent, get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { newDataDir, run, serve } from './run.ts'

const post = (url: string, n: number) =>
  fetch(`${url}/api/v1/sites/default/comments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      url: 'https://berita.example/a',
      name: `Pembaca ${n}`,
      email: `pembaca${n}@example.com`,
      body: `Komentar ${n}`,
    }),
  })

describe('the server process', () => {
  test('starts on an empty folder, keeps its secret to itself, is alive and ready, and keeps what it acknowledged over a restart', async () => {
    const DATA_DIR = await newDataDir()
    const first = await serve({ DATA_DIR })
    expect((await stat(join(DATA_DIR, 'secret'))).mode & 0o777).toBe(0o600)
    expect((await fetch(`${first.url}/livez`)).status).toBe(200)
    expect(await (await fetch(`${first.url}/readyz`)).json()).toEqual({ ready: true, missing: [] })
    expect((await post(first.url, 1)).status).toBe(201)
    const killed = await first.signal('SIGKILL')
    expect(killed.code).toBeNull()

    const second = await serve({ DATA_DIR })
    expect((await post(second.url, 1)).status).toBe(409)
    expect(await second.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  })

  test('makes the folder of its database, also when the secret is not kept there', async () => {
    const DATA_DIR = join(await newDataDir(), 'not', 'there')
    const server = await serve({ DATA_DIR, SECRET: 'a secret of its own' })
    expect((await post(server.url, 1)).status).toBe(201)
    expect((await stat(DATA_DIR)).mode & 0o777).toBe(0o700)
    expect(await server.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  })

  test('drains on SIGTERM: what is under way is answered and stored', async () => {
    const DATA_DIR = await newDataDir()
    const server = await serve({ DATA_DIR })
    const answers = Promise.allSettled(Array.from({ length: 15 }, (_, n) => post(server.url, n)))
    const end = server.signal('SIGTERM')
    const stored = (await answers).filter((answer) => answer.status === 'fulfilled' && answer.value.status === 201).length
    expect((await end).code).toBe(0)
    const db = await connect({ url: `file:${DATA_DIR}/balas.db` })
    expect(await db.read.comment.count()).toBeGreaterThanOrEqual(stored)
    await db.close()
  })

  test('drains on SIGTERM: who asks again on a kept connection is answered, told that it is the last time, and never cut off', async () => {
    const server = await serve({ DATA_DIR: await newDataDir() })
    const ask = (agent: Agent, path: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get(`${server.url}${path}`, { agent }, (answer) => resolve(answer.resume())).on('error', reject)
      })
    const untilLast = async (path: string) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      let answer = await ask(agent, path)
      while (answer.headers.connection !== 'close') answer = await ask(agent, path)
      agent.destroy()
      return answer.statusCode
    }
    const asking = Array.from({ length: 15 }, () => untilLast('/api/v1/sites/default/thread?url=https://berita.example/a'))
    const ready = untilLast('/readyz')
    await (await fetch(`${server.url}/livez`)).text()
    const ended = server.signal('SIGTERM')
    expect(new Set(await Promise.all(asking))).toEqual(new Set([200]))
    expect(await ready).toBe(503)
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('drains on SIGTERM: pages that listen are told good-bye, and the process does not wait for them', async () => {
    const server = await serve({ DATA_DIR: await newDataDir() })
    const listen = () => fetch(`${server.url}/api/v1/sites/default/events?url=https://berita.example/a`)
    const text = (await listen()).text() // rejects when the line is cut instead of ended
    const ended = server.signal('SIGTERM')
    expect(await text).toBe('retry: 5000\n\nevent: change\nid: 0\ndata: {"version":0}\n\n')
    // Nobody is there: browsers then try until the next process is. A refusal would be the end of it.
    await expect(listen()).rejects.toThrow('fetch failed')
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('refuses a secret that the database was not sealed with, with a sentence and no stack', async () => {
    const DATA_DIR = await newDataDir()
    await (await serve({ DATA_DIR, SECRET: 'the first secret of all' })).signal('SIGTERM')
    const refused = await run('server.js', [], { env: { DATA_DIR, PORT: '0', SECRET: 'another secret entirely' } })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/^SECRET is not the one/)
    expect(refused.stderr).not.toContain('at ')
  })

  test.each([
    ['PORT', 'eighty'],
    ['TRUST_PROXY', 'true'],
    ['DATABASE_URL', 'mysql://nowhere'],
    ['SECRET', 'short'],
  ])('names %s when it is %s', async (name, value) => {
    const ended = await run('server.js', [], { env: { DATA_DIR: await newDataDir(), [name]: value } })
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain(name)
  })

  test('says so when the database cannot be reached', async () => {
    const ended = await run('server.js', [], {
      env: { DATA_DIR: await newDataDir(), PORT: '0', DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' },
    })
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('database cannot be reached')
    expect(ended.stderr).not.toContain('secret')
  })
})
