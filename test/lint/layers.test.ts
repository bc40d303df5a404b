import { describe, expect, test } from '@jest/globals'
import { problemOf, problems } from './layers.ts'

const check = (from: string, to: string, isType = false) => problemOf({ from, to, isType })

describe('The order of the folders', () => {
  test('is kept', () => {
    expect(problems()).toEqual([])
  })

  test.each([
    ['an import that runs up', 'src/comments/submit.ts', 'src/moderation/decide.ts'],
    ['one from a nested folder', 'src/mail/deep/er.ts', 'src/notifications/members/dispatch.ts'],
    ['a type of a later folder', 'src/comments/change.ts', 'src/notifications/announce.ts', true],
    ["another capability's store", 'src/moderation/decide.ts', 'src/comments/thread-store.ts'],
    ["one in a nested folder's store", 'src/transfer/import/readers/wxr.ts', 'src/sites/store.ts'],
    ['Express in a use-case', 'src/comments/submit.ts', 'express'],
    ['the generated client beyond stores', 'src/comments/submit.ts', 'src/database/generated/sqlite/client.ts'],
    ["the pages' code in the server", 'src/moderation/queue.ts', 'src/web/admin/main.tsx'],
    ["the server's code in a page", 'src/web/admin/queue/card.tsx', 'src/moderation/decide.ts'],
  ])('refuses %s', (_name, from, to, isType = false) => {
    expect(check(from, to, isType)).toEqual(expect.any(String))
  })

  test.each([
    ['an import down', 'src/moderation/decide.ts', 'src/comments/comment.ts'],
    ['a type of a store', 'src/moderation/decide.ts', 'src/comments/store.ts', true],
    ['one within a folder', 'src/transfer/import/run.ts', 'src/transfer/import/store.ts'],
    ['Express in routes', 'src/comments/page-routes.ts', 'express'],
    ["a page's type of the server", 'src/web/admin/queue/card.tsx', 'src/moderation/present.ts', true],
  ])('lets %s through', (_name, from, to, isType = false) => {
    expect(check(from, to, isType)).toBeNull()
  })
})
