/** What webhooks can be told of: the names alone, for the page that offers them. */
export const hookEventNames = [
  'comment.held',
  'comment.approved',
  'comment.rejected',
  'comment.spam',
  'comment.removed',
  'edit.held',
] as const
export type HookEvent = (typeof hookEventNames)[number]

/** What calls are written for. */
export const hookFormatNames = ['generic', 'slack', 'telegram'] as const
export type HookFormatName = (typeof hookFormatNames)[number]
