import { createHmac } from 'node:crypto'
import { addPerson } from '../../src/accounts/people.ts'
import { ALL_SITES, type Role } from '../../src/access/policy.ts'
import type { TestApp } from '../support/app.ts'

export const PASSWORD = 'rahasia sekali'

/** Somebody with an account and a role on a site ("*" for all of them). */
export async function makePerson(
  app: TestApp,
  { email, name = 'Sari', role = 'moderator', site = 'default' }: { email: string; name?: string; role?: Role; site?: string },
): Promise<string> {
  const { db, auth, sites } = app.deps
  const siteId = site === ALL_SITES ? ALL_SITES : (await sites.byKey(site)).id
  return (await addPerson({ db, clock: app.clock, auth, person: { name, email, password: PASSWORD }, role, siteId })).userId
}

interface Sent {
  status: number
  body: Record<string, unknown>
  headers: Record<string, unknown>
}

/** A browser: it keeps cookies and asks from our own pages. */
export function browser(app: TestApp) {
  const jar = new Map<string, string>()
  const keep = <Answer extends Sent>(answer: Answer): Answer => {
    for (const line of (answer.headers['set-cookie'] as string[] | undefined) ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const headers = () => ({
    Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    Origin: app.url,
    'Sec-Fetch-Site': 'same-origin',
  })
  const send = async (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
    keep(await app.http[method](path).set(headers()).send(body))
  return {
    jar,
    headers,
    get: (path: string) => send('get', path),
    post: (path: string, body: object = {}) => send('post', path, body),
    patch: (path: string, body: object) => send('patch', path, body),
    delete: (path: string) => send('delete', path),
    form: async (path: string, fields: object) =>
      keep(
        await app.http
          .post(path)
          .set({ ...headers(), Accept: 'text/html' })
          .type('form')
          .send(fields),
      ),
    signIn: (email: string, password = PASSWORD) => send('post', '/api/auth/sign-in/email', { email, password }),
  }
}
export type Browser = ReturnType<typeof browser>

/** Somebody who is signed in. */
export async function signedIn(app: TestApp, person: Parameters<typeof makePerson>[1]) {
  const userId = await makePerson(app, person)
  const page = browser(app)
  const { status } = await page.signIn(person.email)
  if (status !== 200) throw new Error(`signing in was answered ${status}`)
  return { ...page, userId, email: person.email }
}

/**
 * The code that an app shows (RFC 6238 with its defaults: SHA-1, 30 seconds, six digits), for an `otpauth:` address as a phone
 * would scan it. `steps` counts half minutes from now.
 */
export function codeOf(uri: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', fromBase32(new URL(uri).searchParams.get('secret') ?? ''))
    .update(counter)
    .digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** RFC 4648, section 6. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
