import { resetPage } from '../../src/accounts/view/reset-page.tsx'
import { invitationPage } from '../../src/accounts/view/invitation-page.tsx'
import { setupPage } from '../../src/accounts/view/setup-page.tsx'
import type { PublicComment } from '../../src/comments/view/comment-list.tsx'
import { demoPage } from '../../src/comments/view/demo-page.tsx'
import { replyErrorPage } from '../../src/comments/view/error-page.tsx'
import { threadPage } from '../../src/comments/view/thread-page.tsx'
import { errorPage } from '../../src/http/error-page.tsx'
import type { Speech } from '../../src/locales/index.ts'
import { decidePage } from '../../src/moderation/view/decide-page.tsx'
import { stopPage } from '../../src/notifications/view/stop-page.tsx'

export const AT = '2025-12-18T07:05:00Z'

/** What people typed: the same text, and the same address, wherever a page takes one. */
export interface Typed {
  text: string
  url: string
}

export function commentsOf({ text, url }: Typed): PublicComment[] {
  const author = { name: text, website: url, avatar: null }
  const rest = { html: '<p>1</p>', createdAt: AT, editedAt: AT, byModerator: true }
  return [
    { id: 'a', parentId: null, depth: 0, author, ...rest },
    { id: 'b', parentId: 'a', depth: 1, removed: true },
    { id: 'c', parentId: 'b', depth: 2, author, ...rest, editedAt: null, byModerator: false },
    { id: 'd', parentId: null, depth: 0, author, ...rest },
  ]
}

/** Every page in every state, by name. */
export function everyPage(speech: Speech, typed: Typed): Record<string, string> {
  const { text, url } = typed
  const comments = commentsOf(typed)
  const site = { ...speech, siteName: text }
  const article = { url, title: text }
  const errors = ['name', 'email', 'website', 'body', 'url', 'password'].map((field) => ({ field, message: text }))
  const form = { action: '/sites/default/reply', idempotencyKey: text }
  const values = { name: text, email: text, website: text, body: text, remember: true }
  const replying = { ...form, values, parent: { id: text, name: text } }
  const thread = { ...article, open: true, count: 4, comments, nextCursor: text }
  const own = { name: text, html: '<p>1</p>', createdAt: AT, parentId: 'a', id: 'a' }
  const threadProps = { ...site, path: '/sites/default/thread', thread, feed: '/feed.atom?url=1', form }
  const comment = {
    article,
    author: { name: text, website: url },
    email: text,
    createdAt: AT,
    html: '<p>1</p>',
    body: text,
    reasons: [text],
  }
  const others = [{ action: 'spam', href: '/moderate/1' } as const]
  const demo = { ...speech, articleUrl: url, threadHref: '/sites/default/thread?url=1', form }
  return {
    thread: threadPage({ ...threadProps, cursor: text }),
    'thread, newest first': threadPage({ ...threadProps, order: 'newest' }),
    'thread, replying': threadPage({ ...threadProps, form: replying }),
    'thread, own comment waiting': threadPage({ ...threadProps, preview: { ...own, status: 'pending' } }),
    'thread, own comment published': threadPage({ ...threadProps, preview: { ...own, status: 'approved' } }),
    'thread, closed': threadPage({ ...threadProps, thread: { ...thread, title: null, open: false } }),
    'thread, empty': threadPage({ ...threadProps, thread: { ...thread, count: 0, comments: [], nextCursor: null } }),
    'reply, invalid': replyErrorPage({
      ...site,
      problem: 'invalid',
      form: { ...replying, articleUrl: url, title: text, errors },
    }),
    'reply, too fast': replyErrorPage({ ...site, problem: 'flood', retryAfterSeconds: 12, form: { ...form, articleUrl: url } }),
    'reply, duplicate': replyErrorPage({ ...site, problem: 'duplicate', form: { ...form, articleUrl: url } }),
    demo: demoPage({ ...demo, count: 4, comments }),
    'demo, empty': demoPage({ ...demo, count: 0, comments: [] }),
    'decide, approve': decidePage({ ...site, state: 'ready', action: 'approve', comment, others }),
    'decide, reject': decidePage({
      ...site,
      state: 'ready',
      action: 'reject',
      comment: { ...comment, body: '1', email: null },
      others,
    }),
    'decide, done': decidePage({ ...site, state: 'done', action: 'spam', article }),
    'decide, decided': decidePage({ ...site, state: 'decided', status: 'rejected', by: text, at: AT, article }),
    'decide, changed': decidePage({ ...site, state: 'changed' }),
    'decide, invalid': decidePage({ ...site, state: 'invalid' }),
    setup: setupPage({ ...site, state: 'form' }),
    'setup, errors': setupPage({ ...site, state: 'form', values: { name: text, email: text }, errors }),
    'setup, done': setupPage({ ...site, state: 'done', name: text, ...NEXT, mail: { kind: 'files', folder: text } }),
    'setup, done with mail': setupPage({ ...site, state: 'done', name: text, ...NEXT, mail: { kind: 'smtp', address: text } }),
    'setup, invalid': setupPage({ ...site, state: 'invalid' }),
    invitation: invitationPage({ ...site, state: 'form', email: text }),
    'invitation, errors': invitationPage({ ...site, state: 'form', email: text, name: text, errors }),
    'invitation, accept': invitationPage({ ...site, state: 'accept', email: text }),
    'invitation, sign in': invitationPage({ ...site, state: 'sign-in', email: text, signInHref: '/admin' }),
    'invitation, done': invitationPage({ ...site, state: 'done', name: text, signInHref: '/admin' }),
    'stop, ready': stopPage({ ...site, state: 'ready', what: 'heldComments' }),
    'stop, done': stopPage({ ...site, state: 'done', what: 'weeklySummary' }),
    'stop, again': stopPage({ ...site, state: 'again', what: 'deliveryFailing' }),
    'stop, invalid': stopPage({ ...site, state: 'invalid' }),
    'invitation, invalid': invitationPage({ ...site, state: 'invalid' }),
    reset: resetPage({ ...site, state: 'form' }),
    'reset, errors': resetPage({ ...site, state: 'form', errors }),
    'reset, done': resetPage({ ...site, state: 'done', signInHref: '/admin', hasPasskeys: true }),
    'reset, invalid': resetPage({ ...site, state: 'invalid' }),
    ...Object.fromEntries(
      [404, 418, 429, 500, 599].map((status) => [`error ${status}`, errorPage({ ...speech, status, reference: text })]),
    ),
  }
}

const NEXT = { demoHref: '/demo', exportHref: '/api/v1/sites/default/export?format=csv', docsHref: '/docs' }
