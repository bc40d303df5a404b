import { createServer } from 'node:http'
import { afterEach } from '@jest/globals'
import supertest from 'supertest'
import { createApp } from '../../src/app.ts'
import { hotThreads } from '../../src/comments/hot-threads.ts'
import { serveHot } from '../../src/http/hot-reads.ts'
import type { TestApp } from '../support/app.ts'

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** The same application behind the short way for kept answers, as the process serves it; `served` counts what went the short way. */
export async function startHot({ deps }: TestApp) {
  const app = createApp(deps)
  const find = hotThreads(deps)
  const served = { hot: 0, long: 0 }
  const server = createServer((req, res) => {
    const otherwise = () => {
      served.long++
      app(req, res)
    }
    if (serveHot({ req, res, find, otherwise })) served.hot++
    else otherwise()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(() => new Promise((resolve) => server.close(resolve)))
  return { http: supertest(server), served }
}

/** Asks until the answer is as wished; gives up after some seconds. */
export async function eventually<T>(ask: () => Promise<T>, wished: (answer: T) => boolean, withinMs = 5000): Promise<T> {
  const until = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (wished(answer)) return answer
    if (performance.now() > until) throw new Error(`it never became so: ${JSON.stringify(answer).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
