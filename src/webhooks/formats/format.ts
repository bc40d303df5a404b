import type { TEST_EVENT } from '../events.ts'
import type { HookEvent } from '../names.ts'

/** What a call tells. User data is as stored: each format escapes what it must. */
export interface HookNews {
  event: HookEvent | typeof TEST_EVENT
  /** When it happened. */
  at: Date
  site: { key: string; name: string; locale: string }
  /** Where moderators look at it. */
  adminUrl: string
  /** Null for a test, and for a comment that is gone. */
  comment: HookComment | null
  commentId: string | null
}

/** Never an e-mail address, nor an IP address: who receives a call is outside. */
export interface HookComment {
  id: string
  parentId: string | null
  status: string
  author: { name: string; website: string | null }
  body: string
  html: string
  createdAt: Date
  editedAt: Date | null
  thread: { url: string; title: string | null }
}

/** How a call is written for one kind of receiver. Gives the JSON that is posted. */
export type HookFormat = (news: HookNews, target: { chat: string | null }) => object
