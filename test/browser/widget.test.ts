import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { PHONE, picture } from './browser.ts'
import { box, field, type Readers, said, startReaders, write } from './reader.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterEach(() => readers.closeAll())
afterAll(() => readers.stop())

test('a reply waits, seen by its author alone, also after a reload; approval arrives while the page is open', async () => {
  const article = readers.paper.article()
  const author = await readers.visit(article)
  const stranger = await readers.visit(article)
  await write(author, { body: 'Kakek saya dulu masinis.\n\nSemoga <b>ramai</b>!' })
  const waiting = box(author).getByRole('article')
  await waiting.getByText('Menunggu persetujuan', { exact: true }).waitFor()
  await said(author).getByText('menunggu persetujuan').waitFor()
  expect(await waiting.locator('strong, b').textContent()).toBe('ramai')
  await picture(author, 'widget-waiting')
  await author.reload()
  await waiting.getByText('Kakek saya dulu masinis').waitFor()
  expect(await box(stranger).getByRole('article').count()).toBe(0)

  const [held] = await readers.paper.pending()
  await readers.paper.decide(held?.id ?? '', 'approve')
  for (const page of [author, stranger]) await box(page).getByRole('heading', { name: '1 komentar' }).waitFor()
  await said(author).getByText('sudah tayang').waitFor()
  await said(stranger).getByText('1 komentar baru masuk').waitFor()
  expect(await waiting.getByText('Menunggu persetujuan').count()).toBe(0)
  expect(await stranger.content()).not.toContain('budi@')
  expect(readers.complaints()).toEqual([])
})

test('a reply stands below what it answers', async () => {
  const article = readers.paper.article()
  const { id } = await readers.paper.reply(article, { name: 'Sari' })
  await readers.paper.decide(id, 'approve')
  const page = await readers.visit(article, { viewport: PHONE })
  await box(page).getByRole('button', { name: 'Balas komentar Sari' }).click()
  const form = box(page).getByRole('form', { name: 'Balas komentar Sari' })
  await picture(page, 'widget-reply-phone')
  await write(page, { form, body: 'Setuju!', name: 'Ahmad', email: 'ahmad@example.com' })
  await box(page).locator('ol ol').getByText('Setuju!').waitFor()
  const [held] = await readers.paper.pending()
  expect(held).toMatchObject({ parentId: id })
  await readers.paper.decide(held?.id ?? '', 'approve')
  await box(page).getByRole('heading', { name: '2 komentar' }).waitFor()
  expect(await box(page).locator('ol ol').getByRole('article').count()).toBe(1)
  expect(readers.complaints()).toEqual([])
})

test('what the server refuses is said beside the field, and nothing typed is lost', async () => {
  const page = await readers.visit(readers.paper.article())
  await write(page, { body: 'Halo', email: 'budi@salah' })
  await box(page).getByText('Isi alamat email yang lengkap').waitFor()
  const email = field(box(page), 'Email')
  expect(await email.getAttribute('aria-invalid')).toBe('true')
  expect(await email.evaluate((element) => element === (element.getRootNode() as ShadowRoot).activeElement)).toBe(true)
  const described = await email.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => (element.getRootNode() as ShadowRoot).getElementById(id)?.textContent)
      .join(' '),
  )
  expect(described).toContain('Isi alamat email yang lengkap')
  expect(described).toContain('Alamat email Anda tidak akan dipublikasikan.')
  expect(await field(box(page), 'Komentar').inputValue()).toBe('Halo')
  await picture(page, 'widget-error')
})

test('its author edits and withdraws it; an edit of a public one waits while the approved text stays', async () => {
  const article = readers.paper.article()
  const page = await readers.visit(article)
  await write(page, { body: 'Kalimat yang salah', name: 'Dewi', email: 'dewi@example.com' })
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await field(box(page), 'Ubah komentar Anda').fill('Kalimat yang benar')
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  await box(page).locator('.prose').getByText('Kalimat yang benar').waitFor()
  const [held] = await readers.paper.pending()
  expect(held?.body).toBe('Kalimat yang benar')

  await readers.paper.decide(held?.id ?? '', 'approve')
  await box(page).getByRole('heading', { name: '1 komentar' }).waitFor()
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await field(box(page), 'Ubah komentar Anda').fill('Kalimat ketiga')
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  await box(page).getByText('Perubahan Anda menunggu persetujuan').first().waitFor()
  expect(await box(page).locator('.prose').textContent()).toContain('Kalimat yang benar')
  const [revised] = await readers.paper.pending()
  expect(revised).toMatchObject({ body: 'Kalimat yang benar', edit: { body: 'Kalimat ketiga' } })
  await readers.paper.decide(revised?.id ?? '', 'approve')
  await box(page).locator('.prose').getByText('Kalimat ketiga').waitFor()
  await box(page).locator('.note').waitFor({ state: 'detached' })

  await box(page).getByRole('button', { name: 'Tarik kembali' }).click()
  await picture(page, 'widget-withdraw')
  await box(page)
    .getByRole('group', { name: 'Tarik kembali komentar ini untuk selamanya?' })
    .getByRole('button', { name: 'Tarik kembali' })
    .click()
  await box(page).getByText('Belum ada komentar').waitFor()
  expect(await box(page).getByRole('article').count()).toBe(0)
  expect(readers.complaints()).toEqual([])
})

test.each([-10, 10])('a device whose clock is %i days off shows and changes its own comment all the same', async (days) => {
  const page = await readers.visit('about:blank')
  await page.clock.install({ time: Date.now() + days * 86_400_000 })
  await page.goto(readers.paper.article())
  await write(page, { body: `Jam saya salah ${days}` })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  await page.reload()
  await box(page).getByRole('button', { name: 'Ubah' }).click()
  await field(box(page), 'Ubah komentar Anda').fill('Jam saya sudah benar')
  await box(page).getByRole('button', { name: 'Simpan' }).click()
  await box(page).locator('.prose').getByText('Jam saya sudah benar').waitFor()
})

test('markup and links are shown as they will look while one writes', async () => {
  const page = await readers.visit(readers.paper.article())
  await box(page)
    .getByRole('textbox', { name: 'Komentar', exact: true })
    .fill('Lihat <b>ini</b>: https://contoh.example/a <script>alert(1)</script>')
  const preview = box(page).getByRole('region', { name: 'Tampilannya nanti' })
  await preview.getByRole('link', { name: 'https://contoh.example/a' }).waitFor()
  expect(await preview.locator('.prose').innerHTML()).not.toContain('script')
  await picture(page, 'widget-preview')
  expect(readers.complaints()).toEqual([])
})

test('a reader points the moderators at a comment', async () => {
  const article = readers.paper.article()
  const { id } = await readers.paper.reply(article, { name: 'Tukang Rusuh' })
  await readers.paper.decide(id, 'approve')
  const page = await readers.visit(article)
  await box(page).getByRole('button', { name: 'Laporkan komentar Tukang Rusuh' }).click()
  await box(page).getByLabel('Apa yang salah').fill('Menghina orang')
  await box(page).getByRole('button', { name: 'Kirim laporan' }).click()
  await box(page).getByText('Moderator akan memeriksanya').waitFor()
  const { comments } = await readers.paper.api<{ comments: { id: string; reports: number }[] }>('GET', '/moderation/comments?reported=true')
  expect(comments).toEqual([expect.objectContaining({ id, reports: 1 })])
  expect(readers.complaints()).toEqual([])
})

test('a place is kept above the replies of a comment that was removed', async () => {
  const article = readers.paper.article()
  const parent = await readers.paper.reply(article, { name: 'Rahasia', body: 'Yang dihapus' })
  await readers.paper.decide(parent.id, 'approve')
  const child = await readers.paper.reply(article, { parentId: parent.id, body: 'Yang tinggal' })
  await readers.paper.decide(child.id, 'approve')
  const page = await readers.visit(article)
  await box(page).getByText('Yang dihapus').waitFor()
  await readers.paper.decide(parent.id, 'reject')
  await box(page).getByText('Komentar ini telah dihapus').waitFor()
  expect(await box(page).locator('ol').first().textContent()).toContain('Yang tinggal')
  expect(await box(page).innerText()).not.toContain('Rahasia')
})

test('counts are filled in on a page that lists articles', async () => {
  const article = readers.paper.article()
  for (let n = 0; n < 2; n++) await readers.paper.decide((await readers.paper.reply(article)).id, 'approve')
  const empty = readers.paper.article()
  const index = readers.paper.article({
    before: `<a id="a" href="${article}#komentar" data-balas-count>?</a> <a id="b" href="${empty}" data-balas-count>?</a>`,
  })
  const page = await readers.visit(index)
  await page.getByRole('link', { name: '2 komentar' }).waitFor()
  expect(await page.locator('#b').textContent()).toBe('0 komentar')
  await page.evaluate((url) => {
    const later = Object.assign(document.createElement('a'), { href: url, id: 'c' })
    later.dataset['balasCount'] = ''
    document.body.append(later)
    document.dispatchEvent(new Event('balas-count'))
  }, article)
  await page.locator('#c').getByText('2 komentar').waitFor()
})

test('where the comments cannot be shown, the console says why', async () => {
  const page = await readers.visit('about:blank')
  const warned = page.waitForEvent('console', (message) => message.type() === 'warning')
  await page.goto(readers.paper.article({ attributes: 'data-url="https://orang-lain.example/x"' }))
  expect((await warned).text()).toMatch(/"status":422.*"field":"url"/)
  await box(page).getByText('Komentar tidak dapat dimuat').waitFor()
})

test('several widgets on a page are several threads, each where its attributes say', async () => {
  const [one, two] = [readers.paper.article(), readers.paper.article()]
  await readers.paper.decide((await readers.paper.reply(one, { body: 'Di artikel satu' })).id, 'approve')
  await readers.paper.decide((await readers.paper.reply(two, { body: 'Di artikel dua' })).id, 'approve')
  const page = await readers.visit(
    readers.paper.article({ attributes: `data-url="${one}"`, after: `<balas-comments data-url="${two}" data-lang="en"></balas-comments>` }),
  )
  await box(page).nth(0).getByText('Di artikel satu').waitFor()
  await box(page).nth(1).getByText('Di artikel dua').waitFor()
  expect(await box(page).nth(1).getByRole('heading', { level: 2 }).textContent()).toBe('1 comment')
})

test('the canonical address of the page decides which thread it is', async () => {
  const article = readers.paper.article()
  await readers.paper.decide((await readers.paper.reply(article, { body: 'Satu utas' })).id, 'approve')
  const page = await readers.visit(`${readers.paper.article({ head: `<link rel="canonical" href="${article}">` })}?utm_source=x`)
  await box(page).getByText('Satu utas').waitFor()
})

test('far below the screen it loads nothing until somebody comes near', async () => {
  const page = await readers.visit('about:blank')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(readers.paper.article({ before: '<p>Panjang</p>'.repeat(400) }))
  await page.waitForLoadState('networkidle')
  expect(asked.filter((path) => path !== '/embed.js' && !path.startsWith('/2026/'))).toEqual([])
  await box(page).scrollIntoViewIfNeeded()
  await box(page).getByText('Belum ada komentar').waitFor()
})

test('reading, previewing, writing and reporting need no preflight, and carry no credentials', async () => {
  const article = readers.paper.article()
  await readers.paper.decide((await readers.paper.reply(article, { name: 'Sari' })).id, 'approve')
  const page = await readers.visit('about:blank')
  const devtools = await page.context().newCDPSession(page)
  const methods: string[] = []
  const calls = new Set<string>()
  const withCookies: string[] = []
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    methods.push(request.method)
    if (/\/(api|embed)\//.test(request.url)) calls.add(requestId)
  })
  devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    if (Object.keys(headers).some((name) => name.toLowerCase() === 'cookie')) withCookies.push(requestId)
  })
  await page.context().addCookies([{ name: 'other', value: 'x', url: readers.paper.balas }])
  await page.goto(article)
  await field(box(page), 'Komentar').fill('Dengan <b>tebal</b>')
  await box(page).getByRole('region', { name: 'Tampilannya nanti' }).waitFor()
  await write(page, { body: 'Dengan <b>tebal</b>' })
  await box(page).getByText('Menunggu persetujuan', { exact: true }).waitFor()
  await box(page).getByRole('button', { name: 'Laporkan komentar Sari' }).click()
  await box(page).getByRole('button', { name: 'Kirim laporan' }).click()
  await box(page).getByText('Moderator akan memeriksanya').waitFor()
  expect(methods.filter((method) => method === 'POST').length).toBeGreaterThanOrEqual(3)
  expect(methods).not.toContain('OPTIONS')
  expect(calls.size).toBeGreaterThan(4)
  expect(withCookies.filter((id) => calls.has(id))).toEqual([])
})
