import { aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { commentRecord } from './present.ts'
import type { CommentPage } from './store.ts'

type CommentRow = CommentPage['comments'][number]

/** @throws CannotUnseal when an address was sealed with another secret */
export const recordOf = ({ row, page, keys, emails }: { row: CommentRow; page: CommentPage; keys: Keys; emails: boolean }) =>
  commentRecord({ row, page, email: emails ? emailOf({ row, keys }) : undefined })

const emailOf = ({ row, keys }: { row: CommentRow; keys: Keys }) =>
  row.emailSealed ? unseal({ keys, aad: aadOf('Comment.email', row.id), sealed: row.emailSealed }) : null

/** Null also where IP addresses were not read. @throws CannotUnseal */
export const ipOf = ({ row, keys }: { row: CommentRow; keys: Keys }): string | null =>
  row.ipSealed ? unseal({ keys, aad: aadOf('Comment.ip', row.id), sealed: row.ipSealed }) : null
