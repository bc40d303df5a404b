import { expect } from '@jest/globals'
import type { TestApp } from '../support/app.ts'
import { type Asked, authenticator } from '../support/authenticator.ts'
import { type Browser, PASSWORD } from './person.ts'

export const PASSKEYS = '/api/v1/me/passkeys'
export const SIGN_IN = '/api/auth/sign-in/passkey'

type Answered = Awaited<ReturnType<Browser['post']>>
type Authenticator = ReturnType<typeof authenticator>

/** Where pages can ask for passkeys: the same server, by its name. */
export const namedOrigin = ({ url }: TestApp) => url.replace('127.0.0.1', 'localhost')

/** What a browser makes a passkey of. */
export async function creationOptions(page: Pick<Browser, 'post'>): Promise<Asked> {
  const answer = await page.post(`${PASSKEYS}/options`, { password: PASSWORD })
  expect(answer.status).toBe(200)
  return answer.body
}

/** Adds a passkey, and gives the device that has it and what the server says of it. */
export async function addPasskey({
  app,
  page,
  name = 'Ponsel',
  ...kind
}: { app: TestApp; page: Pick<Browser, 'post'>; name?: string } & Omit<Parameters<typeof authenticator>[0], 'origin'>) {
  const device = authenticator({ origin: namedOrigin(app), ...kind })
  const added = await page.post(PASSKEYS, { name, credential: device.make(await creationOptions(page)) })
  expect(added.status).toBe(201)
  return { device, passkey: added.body['passkey'] as { id: string; name: string } }
}

/** What a browser asks its devices for, to sign in. */
export async function signInOptions(page: Browser): Promise<Asked> {
  const answer = await page.post(`${SIGN_IN}/options`)
  expect(answer.status).toBe(200)
  return answer.body
}

/** Signs in with a device, or tries to. */
export const enter = async (page: Browser, device: Authenticator, wrong: Parameters<Authenticator['answer']>[1] = {}): Promise<Answered> =>
  page.post(SIGN_IN, { credential: device.answer(await signInOptions(page), wrong) })
