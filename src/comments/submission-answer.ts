import { z } from 'zod'
import type { Keys } from '../privacy/secret.ts'
import type { Site } from '../sites/sites.ts'
import { editToken } from './edit-token.ts'
import { presentAuthor } from './present.ts'
import type { NewComment } from './store.ts'

/** What a reader gets for a reply. Spam and rejected ones answer "pending" too: no oracle for spammers. */
export const SubmissionAnswer = z
  .object({
    comment: z.object({
      id: z.uuid(),
      status: z.enum(['pending', 'approved']),
      html: z.string(),
      createdAt: z.iso.datetime(),
      parentId: z.uuid().nullable(),
      author: z.object({ name: z.string(), website: z.string().nullable(), avatar: z.string() }),
    }),
    editToken: z.string().meta({ description: 'Lets this author change or withdraw the comment for 15 minutes' }),
  })
  .meta({ id: 'SubmissionAnswer' })
export type SubmissionAnswer = z.output<typeof SubmissionAnswer>

/** The 201's body, as text: what is kept for a retry is exactly what was answered. */
export function answerOf({ row, site, keys }: { row: NewComment; site: Site; keys: Keys }): string {
  const answer: SubmissionAnswer = {
    comment: {
      id: row.id,
      status: row.status === 'approved' ? 'approved' : 'pending',
      html: row.html,
      createdAt: new Date(row.createdAt).toISOString(),
      parentId: row.parentId ?? null,
      author: presentAuthor({ name: row.name, website: row.website ?? null }, site),
    },
    editToken: editToken({ keys, commentId: row.id }),
  }
  return JSON.stringify(answer)
}
