import { expect, test } from '@jest/globals'
import { covers, createCoverage } from '../../../src/notifications/members/articles.ts'

const URL = 'https://www.Warta.example/olahraga/2026/final?p=1'

test.each([
  [[], true],
  [['https://warta.example/olahraga/'], true],
  [['http://www.warta.example/olahraga/2026/final'], true],
  [['/olahraga/'], true],
  [['/politik/', '/olahraga/2026'], true],
  [['https://warta.example/politik/'], false],
  [['https://warta.example.evil.example/'], false],
  [['/final'], false],
  [['https://lain.example/olahraga/'], false],
])('%j covers an article: %s', (articles, isCovered) => {
  expect(covers({ articles, url: URL })).toBe(isCovered)
})

const member = (role: string, articles: string[], heldComments = 'immediate') => ({ role, choices: { heldComments, articles } })

test('what is assigned to nobody is heard by owners, so that it is heard by somebody', () => {
  const owner = member('owner', ['/redaksi/'])
  const sport = member('moderator', ['/olahraga/'])
  const { hears } = createCoverage([owner, sport])
  expect([hears(owner, URL), hears(sport, URL)]).toEqual([false, true])
  expect([hears(owner, 'https://warta.example/budaya/'), hears(sport, 'https://warta.example/budaya/')]).toEqual([true, false])
})

test('who hears of nothing counts as nobody', () => {
  const owner = member('owner', ['/redaksi/'])
  expect(createCoverage([owner, member('moderator', [], 'off')]).hears(owner, URL)).toBe(true)
  expect(createCoverage([owner, member('moderator', [])]).hears(owner, URL)).toBe(false)
})
