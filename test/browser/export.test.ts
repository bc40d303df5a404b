import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { wordpressExport } from '../transfer/wordpress-posts.ts'
import { moderators } from './moderator.ts'
import { type Readers, startReaders } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())
const signIn = moderators(() => readers)

test('an owner who leaves for WordPress sees on which posts comments land, and downloads them for these', async () => {
  const { paper } = readers
  const [known, unknown] = [paper.article(), paper.article()]
  for (const url of [known, unknown]) await paper.publish(url)
  const posts = wordpressExport([{ id: 42, title: 'Kereta malam', link: known }])
  const page = await signIn({ viewport: { width: 360, height: 740 } })
  await page.goto(`${paper.balas}/admin/sites/default/export`)
  await page.getByText('For WordPress (WXR)').click()
  await page.getByText('WordPress gets the IP addresses').waitFor()
  await page
    .getByLabel('Your WordPress export', { exact: true })
    .setInputFiles({ name: 'wordpress.xml', mimeType: 'application/xml', buffer: Buffer.from(posts) })
  await page.getByRole('button', { name: 'See where they land' }).click()
  await page.getByText('On WordPress’s posts: 1 articles. As new drafts: 1.').waitFor()
  await page.getByText('no post found: comes as a draft').waitFor()
  await page.getByText('→ 42 Kereta malam').waitFor()
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  )
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  const arriving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const download = await arriving
  expect(download.suggestedFilename()).toBe('comments-default.xml')
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain('<wp:post_id>42</wp:post_id>')
  expect(text).toContain('<wp:status>draft</wp:status>')
})
