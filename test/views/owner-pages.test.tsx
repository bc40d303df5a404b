import { setupPage } from '../../src/accounts/view/setup-page.tsx'
import { translator } from '../../src/locales/index.ts'
import { decidePage } from '../../src/moderation/view/decide-page.tsx'
import { attribute, byId, control, elementsOf, textOf } from './document.ts'
import { AT } from './every-page.tsx'

const t = translator('en')
const site = { t, locale: 'en', siteName: 'The Valley Post' }

describe('the page behind a mailed link', () => {
  const article = { url: 'https://post.example/wagon', title: 'An old wagon' }
  const comment = {
    article,
    author: { name: 'Budi', website: 'https://budi.example/' },
    email: 'b•••@example.com',
    createdAt: AT,
    html: '<p>Salt &amp; “pepper” &lt;3<br />yes</p>',
    body: 'Salt & “pepper” <3\nyes',
    reasons: ['The site holds every comment.'],
  }
  const ready = (body = comment.body) =>
    decidePage({
      ...site,
      state: 'ready',
      action: 'approve',
      comment: { ...comment, body },
      others: [{ action: 'spam', href: '/moderate/2' }],
    })

  test('has one button, posts to its own address, and leads to the other actions by links', () => {
    const elements = elementsOf(ready())
    const forms = elements.filter(({ tagName }) => tagName === 'form')
    expect(forms.map((form) => [attribute(form, 'method'), attribute(form, 'action')])).toEqual([['post', undefined]])
    expect(elements.filter(({ tagName }) => tagName === 'button').map(textOf)).toEqual(['Approve'])
    expect(elements.map((element) => [textOf(element), attribute(element, 'href')])).toContainEqual(['Mark as spam instead', '/moderate/2'])
  })

  test('shows what was typed only where the page shows something else', () => {
    expect(ready()).not.toContain('As it was typed')
    expect(ready('Salt & “pepper” <3\n<font>yes</font>')).toContain('&lt;font>yes&lt;/font>')
  })

  test('tells nobody its own address', () => {
    const away = elementsOf(ready()).filter((element) => attribute(element, 'href')?.startsWith('https:'))
    expect(away).toHaveLength(3)
    for (const link of away) expect(attribute(link, 'rel')).toContain('noreferrer')
  })

  test('says what was decided, or by whom and when it was', () => {
    const done = decidePage({ ...site, state: 'done', action: 'reject', article })
    expect(textOf(elementsOf(done).find(({ tagName }) => tagName === 'h1'))).toBe('Comment rejected')
    const decided = decidePage({ ...site, state: 'decided', status: 'spam', by: 'Laras', at: AT, article })
    expect(
      elementsOf(decided)
        .filter(({ tagName }) => tagName === 'dd')
        .map(textOf),
    ).toEqual(['Spam', 'Laras', expect.stringMatching(/December 18, 2025/), 'An old wagon'])
    for (const page of [done, decided]) expect(page).not.toContain('<form')
  })
})

describe('the first owner’s page', () => {
  test('asks for a password of twelve characters and ties the hint to it', () => {
    const elements = elementsOf(setupPage({ ...site, state: 'form' }))
    const password = control(elements, 'password')
    expect(['type', 'minlength', 'autocomplete'].map((name) => attribute(password, name))).toEqual(['password', '12', 'new-password'])
    expect(textOf(byId(elements, attribute(password, 'aria-describedby') ?? ''))).toContain('12 characters')
  })

  test('keeps name and address after an error, never the password', () => {
    const values = { name: 'Laras', email: 'laras@', password: 'correct horse' }
    const page = setupPage({ ...site, state: 'form', values, errors: [{ field: 'email', message: 'Not complete.' }] })
    const elements = elementsOf(page)
    expect(['name', 'email', 'password'].map((name) => attribute(control(elements, name), 'value') ?? '')).toEqual(['Laras', 'laras@', ''])
    expect(attribute(control(elements, 'email'), 'aria-describedby')).toBe('email-error')
    expect(page).not.toContain('correct horse')
  })

  test('tells what comes next', () => {
    const hrefs = { demoHref: '/demo', exportHref: '/export', docsHref: '/docs' }
    const page = setupPage({ ...site, state: 'done', name: 'Laras', ...hrefs, mail: { kind: 'files', folder: '/srv/mail' } })
    for (const href of Object.values(hrefs)) expect(page).toContain(`href="${href}"`)
    expect(page).toContain('/srv/mail')
  })
})
