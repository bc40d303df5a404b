import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { type Mailbox, startMailbox } from '../support/mailbox.ts'
import { newDataDir, run, serve } from './run.ts'

const COMMENTS = 20
/** As many mails as the server has under way at once: what a crash may send again. */
const UNDER_WAY = 15
let mailbox: Mailbox

beforeEach(async () => {
  mailbox = await startMailbox()
})
afterEach(() => mailbox.stop())

const post = (url: string, n: number) =>
  fetch(`${url}/api/v1/sites/default/comments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `10.0.${n}.1` },
    body: JSON.stringify({ url: 'https://berita.example/a', name: `P${n}`, email: `p${n}@example.com`, body: `Komentar ${n}` }),
  })

/** A server with an owner who hears of every comment. */
async function start(more: Record<string, string> = {}) {
  const env = { DATA_DIR: await newDataDir(), SMTP_URL: mailbox.url, TRUST_PROXY: '1', LOG_LEVEL: 'silent', ...more }
  const made = await run('cli.js', ['owner', 'create', '--email', 'wati@redaksi.example', '--password-stdin'], {
    env,
    input: 'kata sandi yang panjang',
  })
  expect(made).toMatchObject({ code: 0 })
  return { env, server: await serve(env) }
}

const counts = (ids: (string | undefined)[]) => ids.reduce((all, id = '') => all.set(id, (all.get(id) ?? 0) + 1), new Map<string, number>())

describe('mails of a server process', () => {
  test('that is killed in the middle of a batch each arrive, once, or once more under the same Message-ID where the answer was lost', async () => {
    const { env, server } = await start()
    mailbox.answer((moment) => (moment.at === 'data' && mailbox.mails.length >= 5 ? 'swallow' : 'take'))
    const sent = await Promise.all(Array.from({ length: COMMENTS }, (_, n) => post(server.url, n)))
    expect(sent.every(({ status }) => status === 201)).toBe(true)
    await mailbox.waitForMail(8)
    await server.signal('SIGKILL')
    const before = mailbox.mails.length
    mailbox.answer(() => 'take')

    const db = await connect({ url: `file:${env.DATA_DIR}/balas.db` })
    const past = new Date(Date.now() - 1000)
    await db.write((tx) => tx.delivery.updateMany({ where: { state: 'sending' }, data: { leaseUntil: past } })) // as if three minutes went by
    const again = await serve(env)
    const waiting = () => db.read.delivery.count({ where: { state: { not: 'sent' } } })
    while ((await waiting()) > 0) await new Promise((resolve) => setImmediate(resolve))
    const rows = await db.read.delivery.findMany()
    await db.close()
    expect((await again.signal('SIGTERM')).code).toBe(0)

    const times = counts(mailbox.mails.map(({ messageId }) => messageId))
    expect([...times.keys()].toSorted()).toEqual(rows.map(({ messageId }) => messageId).toSorted())
    expect(rows).toHaveLength(COMMENTS)
    const twice = [...times].filter(([, n]) => n > 1)
    expect(twice.every(([id, n]) => n === 2 && mailbox.mails.slice(0, before).some(({ messageId }) => messageId === id))).toBe(true)
    expect(twice.length).toBeGreaterThanOrEqual(3)
    expect(twice.length).toBeLessThanOrEqual(UNDER_WAY)
  })

  test('come within ten seconds of the first failure, while comments are taken all the same', async () => {
    const { server } = await start()
    let offered = 0
    mailbox.answer((moment) => {
      if (moment.at !== 'data' || ++offered > 1) return 'take'
      return { code: 451, text: '4.3.0 later' }
    })
    expect((await post(server.url, 1)).status).toBe(201)
    await mailbox.waitForMail(1, 10_000)
    mailbox.answer(() => 'hang')
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => post(server.url, n + 2)))
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(201))
    await server.signal('SIGKILL')
  })
})
