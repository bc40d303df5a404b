import type { Translate } from '../../../locales/index.ts'

const KINDS = [
  'comment.held',
  'edit.held',
  'comments.digest',
  'comments.attack',
  'site.weekly',
  'site.failing',
  'comment.approved',
  'comment.rejected',
  'comment.replied',
  'comment.answered',
  'follow.asked',
  'member.invited',
  'member.added',
  'account.reset',
] as const

/** What a mail is about, in words; of a kind that only another version knows, its name. */
export function mailKind(t: Translate, kind: string): string {
  const known = KINDS.find((each) => each === kind)
  return known ? t(`admin.mail.kind.${known}`) : kind
}
