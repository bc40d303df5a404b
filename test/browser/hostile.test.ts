import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { box, field, type Readers, startReaders } from './reader.ts'
import { OWN, vectors } from './vectors.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

test('hostile text in every field is shown as text: no dialog, no request, no error in the console', async () => {
  const article = readers.paper.article({ attributes: 'data-lang="en"' })
  const { balas } = readers.paper
  const all = vectors()
  const ids: string[] = []
  for (const [n, text] of all.entries()) {
    const line = text.replaceAll(/\s+/g, ' ').slice(0, 60)
    const fields = {
      url: article,
      title: line,
      name: `${line} x`,
      email: `a${n}@example.com`,
      website: `https://example.com/${encodeURIComponent(line)}`,
    }
    const body = `${n} ${text.replaceAll('\0', '')}`
    const answer = await fetch(`${balas}/api/v1/sites/default/comments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...fields, website: fields.website.slice(0, 190).replace(/%.?$/, ''), body }),
    })
    if (answer.status === 201) ids.push(((await answer.json()) as { comment: { id: string } }).comment.id)
  }
  expect(ids.length).toBeGreaterThan(all.length * 0.9)
  for (let from = 0; from < ids.length; from += 500)
    await readers.paper.api('POST', '/moderation/decisions', { ids: ids.slice(from, from + 500), decision: 'approve' })

  const page = await readers.visit(article)
  await box(page).getByRole('article').first().waitFor()
  for (const more = box(page).getByRole('button', { name: 'Show more comments' }); (await more.count()) > 0;) {
    const before = await box(page).getByRole('article').count()
    await more.click()
    while ((await box(page).getByRole('article').count()) === before) await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  expect(await box(page).getByRole('article').count()).toBe(ids.length)
  const active = await box(page).evaluate((element) => {
    const inside = [...(element.shadowRoot?.querySelectorAll('.prose *') ?? [])]
    const allowed = /^(a|abbr|b|blockquote|br|cite|code|del|em|i|p|pre|q|s|strike|strong)$/i
    return inside.filter(
      (node) =>
        !allowed.test(node.tagName) ||
        [...node.attributes].some(
          ({ name, value }) => name.startsWith('on') || name === 'style' || /^\s*(javascript|data|vbscript):/i.test(value),
        ),
    ).length
  })
  expect(active).toBe(0)
  await page.mouse.move(200, 300)
  expect(readers.complaints()).toEqual([])
})

test('hostile text while one writes: the preview, a draft, and an own comment that waits', async () => {
  const page = await readers.visit(readers.paper.article())
  for (const text of OWN) {
    await field(box(page), 'Komentar').fill(`${text} https://contoh.example/a`)
    await box(page).getByRole('region', { name: 'Tampilannya nanti' }).getByText('contoh.example').waitFor()
  }
  await field(box(page), 'Nama').fill('<img src=x onerror=alert(1)>')
  await field(box(page), 'Email').fill('a@example.com')
  await box(page).getByRole('button', { name: 'Kirim Komentar' }).click()
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  await page.reload()
  await box(page).getByText('<img src=x onerror=alert(1)>').first().waitFor()
  expect(readers.complaints()).toEqual([])
})
