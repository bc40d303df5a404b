import type { HookFormat } from './format.ts'

/** For programs: `type`, `timestamp` and `data`, as Standard Webhooks proposes. */
export const generic: HookFormat = ({ event, at, site, adminUrl, comment, commentId }) => ({
  type: event,
  timestamp: at.toISOString(),
  data: {
    site: { key: site.key, name: site.name },
    commentId,
    adminUrl,
    comment: comment && {
      ...comment,
      createdAt: comment.createdAt.toISOString(),
      editedAt: comment.editedAt?.toISOString() ?? null,
    },
  },
})
