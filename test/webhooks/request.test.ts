import { describe, expect, test } from '@jest/globals'
import { createCalls, HookRefused } from '../../src/webhooks/request.ts'
import { startReceiver } from './receiver.ts'

const LOCAL = ['127.0.0.1']
const post = (url: string, allowed: string[] = [], callMs?: number) => {
  const calls = createCalls({ allowed, ...(callMs !== undefined && { callMs }) })
  return calls.call({ url, body: '{"a":1}', headers: { 'webhook-id': 'x' } })
}

describe('a call', () => {
  test('posts JSON and gives the answer', async () => {
    const receiver = await startReceiver((res) => res.writeHead(202, { 'Retry-After': '7' }).end('noted'))
    expect(await post(receiver.url, LOCAL)).toEqual({ status: 202, text: 'noted', retryAfter: 7 })
    expect(receiver.calls).toMatchObject([
      { path: '/hook', body: '{"a":1}', headers: { 'content-type': 'application/json', 'webhook-id': 'x' } },
    ])
  })

  test('reaches an address of the operator’s own by its network', async () => {
    const receiver = await startReceiver()
    expect((await post(receiver.url, ['127.0.0.0/8'])).status).toBe(200)
  })

  test.each([
    ['a loopback address', (port: number) => `http://127.0.0.1:${port}/`],
    ['another way to write it', (port: number) => `http://2130706433:${port}/`],
    ['an octal one', (port: number) => `http://0177.0.0.1:${port}/`],
    ['a name that leads there', (port: number) => `http://localhost:${port}/`],
    ['an IPv6 address that maps it', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['the unspecified address', (port: number) => `http://0.0.0.0:${port}/`],
  ])('to %s is refused before connecting', async (_what, urlFor) => {
    const receiver = await startReceiver()
    await expect(post(urlFor(receiver.port))).rejects.toBeInstanceOf(HookRefused)
    expect(receiver.connections()).toBe(0)
  })

  test.each([
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'https://192.0.2.1/',
    'http://224.0.0.1/',
  ])('to %s, which is no public address, is refused', async (url) => {
    await expect(post(url)).rejects.toBeInstanceOf(HookRefused)
  })

  test('does not follow a redirect', async () => {
    const inner = await startReceiver()
    const receiver = await startReceiver((res) => res.writeHead(307, { Location: inner.url }).end())
    expect((await post(receiver.url, LOCAL)).status).toBe(307)
    expect(inner.connections()).toBe(0)
  })

  test('reads no more of an endless answer than is shown', async () => {
    const receiver = await startReceiver((res) => {
      const more = () => void (res.destroyed || res.write('x'.repeat(1000), more))
      more()
    })
    expect((await post(receiver.url, LOCAL)).text).toHaveLength(2000)
  })

  test('gives up on a receiver that does not answer', async () => {
    const receiver = await startReceiver(() => undefined)
    await expect(post(receiver.url, LOCAL, 50)).rejects.toThrow('no answer')
  })

  test('gives up on a receiver that trickles', async () => {
    const receiver = await startReceiver((res) => void res.writeHead(200, { 'Content-Length': '9' }).write('x'))
    await expect(post(receiver.url, LOCAL, 50)).rejects.toThrow(/no answer|aborted/)
  })

  test('tells a refused connection from a refused address', async () => {
    await expect(post('http://127.0.0.1:1/', LOCAL)).rejects.not.toBeInstanceOf(HookRefused)
  })
})
