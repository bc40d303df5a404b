/** One change to one line that matters, and the tests that must notice it. */
export interface Mutant {
  file: string
  /** Stands in the file exactly once, or so many times, so that the list cannot drift from the code unnoticed. */
  from: string
  times?: number
  to: string
  /** The test file that should notice. */
  test: string
  /** A part of the names of the tests in it that should; the whole file without it. */
  only?: string
}

const DECIDE = 'test/moderation/decide.test.ts'
const BATCHES = 'test/moderation/batches.test.ts'
const EDITS = 'test/moderation/edit-reply-delete.test.ts'
const IDEMPOTENCY = 'test/comments/idempotency.test.ts'
const REPORTS = 'test/comments/reports.test.ts'
const SHARING = 'test/notifications/deliver-sharing.test.ts'
const SEALED = 'test/privacy/sealed.test.ts'
const LIMITS = 'test/http/limits.test.ts'
const KEYS = 'test/accounts/keys.test.ts'
const AMEND = 'test/comments/amend.test.ts'
const FLOOD = 'test/comments/flood-duplicate.test.ts'

/** By what they break. */
export const MUTANTS: Record<string, Mutant[]> = {
  'status and version compare': [
    {
      file: 'src/comments/store.ts',
      from: 'tx.comment.updateMany({ where: { id, version }, data: { ...data,',
      to: 'tx.comment.updateMany({ where: { id }, data: { ...data,',
      test: DECIDE,
      only: 'in a crowd|two moderators',
    },
    {
      file: 'src/moderation/decide.ts',
      from: 'request.version !== undefined && request.version !== row.version',
      to: 'false',
      test: DECIDE,
      only: 'sqlite about a stale',
    },
    {
      file: 'src/moderation/decide.ts',
      from: 'request.found !== undefined && request.found !== row.version',
      to: 'false',
      test: DECIDE,
      only: 'sqlite that somebody else',
    },
    {
      file: 'src/moderation/decide.ts',
      from: '(!revision || decision === ',
      to: '(!revision || true || decision === ',
      test: DECIDE,
      only: 'sqlite about a comment of which',
    },
    {
      file: 'src/moderation/decide.ts',
      from: 'rows.some(({ id, version }) => versions.get(id) !== version)',
      to: 'rows.length < 0',
      test: 'test/moderation/decide-all.test.ts',
      only: 'somebody else decided',
    },
    {
      file: 'src/comments/edit.ts',
      from: 'row.version !== version',
      to: 'row.version < version',
      test: EDITS,
      only: 'version that was seen',
    },
    { file: 'src/comments/comment.ts', from: "hold: 'pending' }", to: "hold: 'rejected' }", test: DECIDE, only: 'every status' },
    {
      file: 'src/comments/change.ts',
      from: "status !== 'approved'",
      to: "status === 'approved'",
      test: REPORTS,
      only: 'settled by a decision',
    },
    {
      file: 'src/moderation/batches.ts',
      from: 'if (batch.undoneAt) return',
      to: 'if (false) return',
      test: BATCHES,
      only: 'undone leaves alone',
    },
  ],
  'site scoping': [
    { file: 'src/moderation/batches.ts', from: "may(principal.grants, 'moderate', siteId)", to: 'siteId', test: BATCHES, only: 'foreign' },
    { file: 'src/comments/amend.ts', from: 'row.siteId !== site.id || ', to: '', test: AMEND, only: 'another site' },
    {
      file: 'src/comments/reports.ts',
      from: 'comment?.siteId !== site.id || comment.status',
      to: 'comment?.status',
      test: REPORTS,
      only: 'nothing to report',
    },
    {
      file: 'src/accounts/key-store.ts',
      from: 'where: { id, siteId, revokedAt: null }',
      to: 'where: { id, revokedAt: null }',
      test: KEYS,
      only: 'no other site',
    },
    {
      file: 'src/moderation/ban-store.ts',
      from: 'findFirst({ where: { siteId, id } })',
      to: 'findFirst({ where: { id } })',
      test: 'test/moderation/bans.test.ts',
      only: 'is lifted|its site alone|of the site that',
    },
    {
      file: 'src/webhooks/store.ts',
      from: 'findFirst({ where: { id, siteId } })',
      to: 'findFirst({ where: { id } })',
      test: 'test/webhooks/scope.test.ts',
    },
    {
      file: 'src/webhooks/store.ts',
      from: 'findFirst({ where: { id, webhookId } })',
      to: 'findFirst({ where: { id } })',
      test: 'test/webhooks/scope.test.ts',
    },
    { file: 'src/comments/answers.ts', from: '`${siteId}\\0${key}`', to: '`${key}`', test: IDEMPOTENCY, only: 'told apart by site' },
    {
      file: 'src/comments/submission-context.ts',
      from: '|| parent.threadId !== thread.id ',
      to: '',
      test: 'test/comments/submit.test.ts',
      only: 'parent of another thread',
    },
    {
      file: 'src/comments/feed-store.ts',
      from: "where: { ...of, status: 'approved' }",
      to: 'where: { ...of }',
      test: 'test/comments/feed.test.ts',
      only: 'has the approved comments',
    },
  ],
  erasure: [
    { file: 'src/comments/store.ts', from: '      follows: null,\n', to: '', test: 'test/privacy/erasure.test.ts', only: 'does to each' },
    {
      file: 'src/comments/change.ts',
      from: 'await eraseReasons(tx, row.id)',
      to: 'void eraseReasons',
      test: 'test/privacy/erasure.test.ts',
      only: 'does to each',
    },
  ],
  sealing: [
    {
      file: 'src/privacy/sealed.ts',
      from: 'cipher.setAAD(Buffer.from(aad))',
      times: 2,
      to: "cipher.setAAD(Buffer.from(''))",
      test: SEALED,
    },
    { file: 'src/privacy/sealed.ts', from: "=== 'ipv4' ? 24 : 56", to: "=== 'ipv4' ? 16 : 56", test: SEALED },
    { file: 'src/privacy/sealed.ts', from: "=== 'ipv4' ? 24 : 56", to: "=== 'ipv4' ? 24 : 48", test: SEALED },
    { file: 'src/privacy/sealed.ts', from: 'value: email.toLowerCase()', to: 'value: email', test: SEALED },
    { file: 'src/privacy/sealed.ts', from: '`${kind}\\0${value}`', to: '`${value}`', test: SEALED },
    {
      file: 'src/privacy/sealed.ts',
      from: "createHmac('sha256', keys.index)",
      to: "createHmac('sha256', 'one key for all')",
      test: SEALED,
    },
    {
      file: 'src/comments/edit-token.ts',
      from: 'sameString(token, editToken({ keys, commentId: comment.id })) && ',
      to: '',
      test: AMEND,
      only: 'needs the token',
    },
    {
      file: 'src/comments/edit-token.ts',
      from: 'comment.createdAt.getTime() + EDIT_WINDOW_MS',
      to: 'comment.createdAt.getTime() + 2 * EDIT_WINDOW_MS',
      test: AMEND,
      only: '15 minutes',
    },
  ],
  lease: [
    {
      file: 'src/outbox/worker.ts',
      from: '!stopping && leaseUntil.getTime() - clock().getTime() >= LONGEST_SEND_MS',
      to: '!stopping && leaseUntil.getTime() > 0',
      test: SHARING,
      only: 'lease is too short',
    },
    {
      file: 'src/outbox/worker.ts',
      from: '!stopping && leaseUntil',
      to: 'leaseUntil',
      test: 'test/notifications/deliver-running.test.ts',
      only: 'when stopped',
    },
    {
      file: 'src/outbox/claim.ts',
      from: '{ id: { in: ids }, OR: [queued(now), abandoned(now)] }',
      to: '{ id: { in: ids } }',
      test: SHARING,
      only: 'shares 200',
    },
    {
      file: 'src/outbox/claim.ts',
      from: "state: 'sending', leaseUntil: { lte: now }",
      to: "state: 'sending', leaseUntil: { gt: now }",
      test: SHARING,
      only: 'sends again',
    },
    {
      file: 'src/notifications/outcome-store.ts',
      from: ' AND "Delivery"."leaseId" = v."leaseId"',
      to: '',
      test: SHARING,
      only: 'has passed to another',
    },
    {
      file: 'src/webhooks/store.ts',
      from: 'where: { ...where, webhook: { active: true } }',
      to: 'where',
      test: 'test/webhooks/sending.test.ts',
      only: 'switched off',
    },
    {
      file: 'src/outbox/backoff.ts',
      from: 'FIRST_MS * 3 ** (attempts - 1), LONGEST_MS',
      to: 'FIRST_MS * 3 ** (attempts - 1), 2 * LONGEST_MS',
      test: 'test/outbox/backoff.test.ts',
    },
  ],
  'copies in memory': [
    {
      file: 'src/database/copies.ts',
      from: 'if (reading.get(name) === mine) keep(name, value)',
      to: 'keep(name, value)',
      test: 'test/database/copies.test.ts',
    },
  ],
  dedupe: [
    {
      file: 'src/notifications/outbox.ts',
      from: '`${kind}:${subjectId}:${userId}`',
      to: '`${kind}:${subjectId}`',
      test: 'test/notifications/outbox.test.ts',
    },
    {
      file: 'src/notifications/outbox.ts',
      from: 'new Set(recipients.map(({ userId }) => userId))',
      to: 'recipients.map(({ userId }) => userId)',
      test: 'test/notifications/outbox.test.ts',
    },
    { file: 'src/comments/answers.ts', from: 'other.request === ticket.request', to: 'true', test: IDEMPOTENCY, only: 'under way' },
    { file: 'src/comments/answers.ts', from: 'row.request !== request', to: 'false', test: IDEMPOTENCY, only: 'another request' },
    { file: 'src/comments/answers.ts', from: 'KEPT_MS <= clock()', to: 'KEPT_MS < clock()', test: IDEMPOTENCY, only: 'kept for a day' },
    {
      file: 'src/comments/reports.ts',
      from: 'const MOST_OF_NETWORK = 3',
      to: 'const MOST_OF_NETWORK = 4',
      test: REPORTS,
      only: 'counts once',
    },
    {
      file: 'src/comments/submission-context.ts',
      from: 'floodSeconds > 0 && last > 0 && waitMs > 0',
      to: 'floodSeconds > 0 && last > 0 && waitMs > 1000',
      test: FLOOD,
      only: 'wait 15 seconds',
    },
    {
      file: 'src/comments/submission-context.ts',
      from: 'noteTime(lastBy, pendingSubmission, now)',
      to: 'void noteTime',
      test: FLOOD,
      only: 'judged together',
    },
  ],
  limits: [
    { file: 'src/http/limits.ts', from: 'Math.ceil(perMinute(res) / 2)', to: 'perMinute(res)', test: LIMITS, only: 'half as many' },
    { file: 'src/http/limits.ts', from: 'const IPV6_PREFIX = 56', to: 'const IPV6_PREFIX = 64', test: LIMITS, only: 'IPv6' },
    { file: 'src/http/limits.ts', from: 'const REPORTS = 20', to: 'const REPORTS = 21', test: REPORTS, only: 'twenty a minute' },
    {
      file: 'src/http/limits.ts',
      from: "name: 'submit', limit: perMinute, scope: ofSite",
      to: "name: 'submit', limit: perMinute",
      test: LIMITS,
      only: 'told apart by site',
    },
    { file: 'src/http/limit-store.ts', from: 'now < counted.resetAt', to: 'now <= counted.resetAt', test: LIMITS, only: 'begins anew' },
    {
      file: 'src/http/limit-store.ts',
      from: 'ELSE "RateLimit"."hits" + 1 END',
      to: 'ELSE "RateLimit"."hits" END',
      test: LIMITS,
      only: 'share the count',
    },
  ],
  policy: [
    {
      file: 'src/access/policy.ts',
      from: 'grant.siteId === siteId || grant.siteId === ALL_SITES',
      to: 'true',
      test: 'test/accounts/members.test.ts',
      only: 'another site',
    },
    { file: 'src/access/policy.ts', from: "delete: ['owner']", to: "delete: ['owner', 'moderator']", test: EDITS, only: 'for owners' },
    {
      file: 'src/access/policy.ts',
      from: "'see-emails': ['owner']",
      to: "'see-emails': ['owner', 'moderator']",
      test: 'test/moderation/queue.test.ts',
      only: 'masked ones',
    },
    { file: 'src/access/policy.ts', from: "'manage-keys': ['owner']", to: "'manage-keys': ['owner', 'moderator']", test: KEYS },
    { file: 'src/accounts/api-keys.ts', from: ' || row.revokedAt) return null', to: ') return null', test: KEYS, only: 'revoked' },
    {
      file: 'src/accounts/api-keys.ts',
      from: 'row.expiresAt <= clock()',
      to: 'row.expiresAt < clock()',
      test: KEYS,
      only: 'after the days',
    },
    {
      file: 'src/accounts/api-keys.ts',
      from: "makers === 'owner' ? (row.role as Role) : makers",
      to: 'row.role as Role',
      test: KEYS,
      only: 'makers',
    },
  ],
}
