import { defineError } from '../errors.ts'

export const ThreadClosed = defineError('thread-closed', 403, 'Comments are closed')
export const Banned = defineError('banned', 403, 'You cannot comment on this site')
export const ForeignOrigin = defineError('foreign-origin', 403, 'Not from this site')
export const ParentNotFound = defineError('parent-not-found', 404, 'The comment that is answered is not there')
export const CommentNotFound = defineError('comment-not-found', 404, 'No such comment')
export const Duplicate = defineError('duplicate', 409, 'It looks as though you have said that already')
export const KeyReused = defineError('idempotency-key-reused', 422, 'This idempotency key was used for something else')
export const TooFast = defineError('too-fast', 429, 'You are posting too quickly')
export const EditExpired = defineError('edit-expired', 403, 'It can no longer be changed')

/** The site's settings changed while a reply to an article that has no thread yet was on its way: read its address again. */
export class SiteChanged extends Error {}

/** Another process stored an answer under this idempotency key first: read that one. */
export class AlreadyAnswered extends Error {}
