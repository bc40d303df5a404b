import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { newDataDir, run, serve } from './run.ts'

describe('the command line', () => {
  test('works beside a live server: owner, moderator, site, key, export, migrate, backup', async () => {
    const DATA_DIR = await newDataDir()
    const env = { DATA_DIR }
    const server = await serve(env)
    const cli = (args: string[], input?: string) => run('cli.js', args, { env, ...(input !== undefined && { input }) })

    expect(await cli(['site', 'create', '--key', 'berita', '--name', 'Berita Kita', '--locale', 'id'])).toMatchObject({ code: 0 })
    expect(await cli(['owner', 'create', '--email', 'sari@news.example', '--password-stdin'], 'rahasia sekali\n')).toMatchObject({
      code: 0,
    })
    expect(
      await cli(['moderator', 'create', '--email', 'joko@news.example', '--site', 'berita', '--password-stdin'], 'rahasia sekali\n'),
    ).toMatchObject({ code: 0 })

    const key = await cli(['key', 'create', '--role', 'owner', '--site', 'berita'])
    expect(key).toMatchObject({ code: 0, stderr: '' })
    expect(key.stdout).toMatch(/^bal_\S+\n$/)
    const headers = { Authorization: `Bearer ${key.stdout.trim()}` }
    expect((await fetch(`${server.url}/api/v1/sites/berita`, { headers })).status).toBe(200)
    expect((await fetch(`${server.url}/api/v1/sites/default`, { headers })).status).toBe(404)

    const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: server.url },
      body: JSON.stringify({ email: 'joko@news.example', password: 'rahasia sekali' }),
    })
    expect(signIn.status).toBe(200)

    const history = await cli(['export', '--site', 'berita'])
    expect(
      history.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(['header', 'trailer'])
    const file = join(DATA_DIR, 'history.csv')
    expect(await cli(['export', '--site', 'berita', '--format', 'csv', '--out', file])).toMatchObject({ code: 0, stdout: '' })
    expect(await readFile(file, 'utf8')).toContain('"id"')
    expect(await cli(['migrate'])).toMatchObject({ code: 0, stdout: 'nothing to do\n' })

    const copy = join(DATA_DIR, 'copy.db')
    expect(await cli(['backup', '--to', copy])).toMatchObject({ code: 0 })
    expect((await stat(copy)).mode & 0o777).toBe(0o600)
    const restored = await connect({ url: `file:${copy}` })
    expect(await restored.read.site.count()).toBe(2)
    await restored.close()
    expect((await server.signal('SIGTERM')).code).toBe(0)
  })

  test.each([
    [['--help'], 0],
    [['owner', 'create', '--help'], 0],
    [['backup', '--help'], 0],
    [[], 2],
    [['nonsense'], 2],
    [['owner', 'create'], 2],
    [['key', 'create', '--role', 'king'], 2],
    [['site', 'create', '--key', 'Not A Key', '--name', 'x'], 2],
    [['key', 'create', '--role', 'owner', '--site', 'nowhere'], 1],
    [['export', '--site', 'nowhere'], 1],
    [['owner', 'create', '--email', 'a@news.example', '--password-stdin'], 1],
  ])('%j exits %i, with errors on stderr alone', async (args, code) => {
    const ended = await run('cli.js', args, { env: { DATA_DIR: await newDataDir() }, input: 'short' })
    expect(ended.code).toBe(code)
    if (code === 0) expect(ended).toMatchObject({ stderr: '' })
    else expect(ended).toMatchObject({ stdout: '', stderr: expect.stringMatching(/\S/) as unknown })
  })
})
