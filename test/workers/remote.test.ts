import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { afterEach, expect, test } from '@jest/globals'
import { Unavailable } from '../../src/errors.ts'
import { createRemote, type Remote } from '../../src/workers/remote.ts'
import { textOf } from '../transfer/history.ts'

type TestTasks = {
  values: {
    echo: (words: string) => Promise<string>
    counts: (nothing: null) => Promise<{ made: number; ended: number }>
    fail: (nothing: null) => Promise<void>
    crash: (nothing: null) => Promise<void>
    never: (nothing: null) => Promise<void>
  }
  streams: {
    chunks: (options: { count: number }) => AsyncGenerator<Uint8Array, void>
    broken: (nothing: null) => AsyncGenerator<Uint8Array, void>
  }
}

const remotes: Remote<TestTasks>[] = []
afterEach(() => Promise.all(remotes.splice(0).map((remote) => remote.close())))

function start() {
  const logged: unknown[] = []
  const remote = createRemote<TestTasks>({
    file: new URL('tasks.mjs', import.meta.url),
    workerData: null,
    log: { error: (...words: unknown[]) => void logged.push(words) },
  })
  remotes.push(remote)
  return { remote, logged }
}

async function chunkOf(stream: Readable): Promise<string> {
  for (;;) {
    const chunk = stream.read() as Buffer | null
    if (chunk) return chunk.toString()
    await once(stream, 'readable')
  }
}

test('a value comes back, and so does an error', async () => {
  const { remote, logged } = start()
  expect(await Promise.all(['a', 'b', 'c'].map((words) => remote.ask('echo', words)))).toEqual(['a', 'b', 'c'])
  await expect(remote.ask('fail', null)).rejects.toThrow('it did not work')
  expect(await remote.ask('echo', 'still there')).toBe('still there')
  expect(logged).toEqual([])
})

test('a stream comes whole, and its error comes after what went before', async () => {
  const { remote } = start()
  expect(await textOf(remote.stream('chunks', { count: 100 }))).toBe(Array.from({ length: 100 }, (_, n) => `${n}\n`).join(''))
  const broken = remote.stream('broken', null)
  expect(await chunkOf(broken)).toBe('so far\n')
  await expect(chunkOf(broken)).rejects.toThrow('it broke')
})

test('a reader that does not read costs at most a chunk or two, and holds up nobody', async () => {
  const { remote } = start()
  const idle = remote.stream('chunks', { count: 1000 })
  expect(await remote.ask('counts', null)).toEqual({ made: 0, ended: 0 })
  expect(await chunkOf(idle)).toBe('0\n')
  await remote.ask('echo', 'whatever was asked before is done now')
  expect((await remote.ask('counts', null)).made).toBeLessThanOrEqual(3)
  expect(await textOf(remote.stream('chunks', { count: 5 }))).toBe('0\n1\n2\n3\n4\n')
  expect(await chunkOf(idle)).toBe('1\n')
  idle.destroy()
})

test('destroying a stream ends the reading behind it', async () => {
  const { remote } = start()
  const stream = remote.stream('chunks', { count: 1000 })
  await chunkOf(stream)
  stream.destroy()
  await once(stream, 'close')
  const after = await remote.ask('counts', null)
  expect(after.ended).toBe(1)
  await remote.ask('echo', 'time for more, if there were any')
  expect(await remote.ask('counts', null)).toEqual(after)
})

test('a crash fails what was under way as unavailable, and the next use starts again', async () => {
  const { remote, logged } = start()
  const stream = remote.stream('chunks', { count: 1000 })
  await chunkOf(stream)
  const rest = textOf(stream)
  const never = remote.ask('never', null)
  const crash = remote.ask('crash', null)
  for (const interrupted of [rest, never, crash]) await expect(interrupted).rejects.toMatchObject({ code: Unavailable.code, status: 503 })
  expect(logged).toHaveLength(1)
  expect(await textOf(remote.stream('chunks', { count: 3 }))).toBe('0\n1\n2\n')
  expect(await remote.ask('counts', null)).toEqual({ made: 3, ended: 1 })
})

test('a worker that cannot start fails every call as unavailable, and does not hang', async () => {
  const remote = createRemote<TestTasks>({
    file: new URL('nothing-here.mjs', import.meta.url),
    workerData: null,
    log: { error: () => undefined },
  })
  await expect(remote.ask('echo', 'hello')).rejects.toMatchObject({ code: Unavailable.code })
  await expect(textOf(remote.stream('chunks', { count: 1 }))).rejects.toMatchObject({ code: Unavailable.code })
  await remote.close()
})

test('closing fails what was under way and whatever comes later', async () => {
  const { remote, logged } = start()
  const never = remote.ask('never', null)
  const stream = remote.stream('chunks', { count: 1000 })
  await chunkOf(stream)
  const rest = textOf(stream)
  await Promise.all([
    expect(never).rejects.toMatchObject({ code: Unavailable.code }),
    expect(rest).rejects.toMatchObject({ code: Unavailable.code }),
    remote.close(),
  ])
  await expect(remote.ask('echo', 'too late')).rejects.toMatchObject({ code: Unavailable.code })
  expect(logged).toEqual([])
})
