import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { comment, fileOf, idAt, thread } from '../transfer/import/lines.ts'
import { moderators } from './moderator.ts'
import { type Readers, startReaders } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())
const signIn = moderators(() => readers)

test('an owner tries a file first, sees what would come in and what not, and brings it in', async () => {
  const url = readers.paper.article()
  const file = fileOf([thread(0, { url }), comment(10), comment(11, { parentId: idAt(99) }), '{"type":"comment",'])
  const page = await signIn({ viewport: { width: 360, height: 740 } })
  await page.goto(`${readers.paper.balas}/admin/sites/default/import`)
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'comments.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(file) })
  await page.getByRole('button', { name: 'Try it first' }).click()
  await page.getByText('This would come in').waitFor()
  await page.getByText(/^1: It is not well-formed JSON .*\(line 5\)$/).waitFor()
  await page.getByText(`(line 4, id ${idAt(11)})`).waitFor()
  await page.getByRole('link', { name: 'Download what was left out' }).waitFor()
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  )
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  const panel = await page.locator('.panel').boundingBox()
  const zone = await page.locator('.drop-zone').boundingBox()
  expect((zone?.x ?? 0) + (zone?.width ?? 0)).toBeLessThan((panel?.x ?? 0) + (panel?.width ?? 0))

  await page.getByRole('button', { name: 'Import now' }).click()
  await page.getByText('This came in').waitFor()
  const { comments } = await readers.paper.api<{ comments: { id: string }[] }>('GET', '/moderation/comments?status=approved')
  expect(comments.map(({ id }) => id).toSorted()).toEqual([idAt(10), idAt(11)])
})
