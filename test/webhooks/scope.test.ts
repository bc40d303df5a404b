import { expect, test } from '@jest/globals'
import { signedIn } from '../accounts/person.ts'
import { HOOKS, startHooked } from './hooked.ts'

test('a webhook is reached through its own site alone, and a call through its own webhook', async () => {
  const { app, owner, create, send, calls, hooks } = await startHooked()
  const [one, other] = [await create(), await create()]
  await app.reply()
  await send()
  const [call] = await calls(one.webhook.id)
  expect((await owner.post(`${HOOKS}/${other.webhook.id}/calls/${call?.id}/resend`, {})).status).toBe(404)

  await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
  const stranger = await signedIn(app, { email: 'rudi@lain.example', role: 'owner', site: 'lain' })
  const theirs = `/api/v1/sites/lain/webhooks/${one.webhook.id}`
  expect((await stranger.patch(theirs, { active: false })).status).toBe(404)
  expect((await stranger.post(`${theirs}/secret`, {})).status).toBe(404)
  expect((await stranger.get(`${theirs}/calls`)).status).toBe(404)
  expect((await stranger.post(`${theirs}/calls/${call?.id}/resend`, {})).status).toBe(404)
  expect((await hooks()).map(({ active }) => active)).toEqual([true, true])
})
