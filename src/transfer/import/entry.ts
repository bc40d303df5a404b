import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { REMOVED } from '../../comments/comment.ts'
import { Submission } from '../../comments/submission.ts'
import { hasNothingToRead } from '../../markup/nothing-to-read.ts'
import { byteLength, cleanLine, cleanText } from '../../markup/text.ts'
import { SANITIZER_POLICY } from '../../markup/sanitize.ts'
import type { StoredVerdict } from '../../spam/codes.ts'
import type { CommentRecord } from '../records.ts'
import { isClean, toTyped } from './markup.ts'
import type { Reason } from './reasons.ts'
import type { FoundComment } from './source.ts'

/** WordPress keeps comments of up to 65,525 bytes; our own door takes less. */
const MOST_BYTES = 64 * 1024
const NAME_BYTES = 245
const NEVER = new Date(0)
const ERASED = { body: '', html: '' }

/** A comment as it waits to be brought in: all that can be known of it without the database. */
export interface Entry {
  status: string
  name: string
  email: string | null
  website: string | null
  ip: string | null
  moderatorId: string | null
  body: string
  html: string
  sanitizer: number
  editedAt: string | null
  /** Why it comes in otherwise than it stood there. */
  verdict?: StoredVerdict
  /** Of what can change: another hash at the next import means that it was changed there. */
  hash: string
  /** What only our own files carry. */
  own?: Pick<CommentRecord, 'url' | 'version' | 'pageTitle' | 'verdicts' | 'reports' | 'revisions' | 'history'>
}

/** What was left out of a comment that came in, for the report. */
export type Loss = 'bad-email' | 'bad-website' | 'long-name' | 'no-date' | 'odd-date'

/**
 * Makes an entry of what a source found; a text when nothing can be made of it, which says why.
 * @param anonymous the name of somebody who gave none
 * @param now no comment was written later
 */
export function toEntry({
  found,
  anonymous,
  now,
}: {
  found: FoundComment
  anonymous: string
  now: Date
}): { entry: Entry; at: Date | null; losses: Loss[] } | Reason {
  if (found.own) return ownEntry(found.own)
  const text = [found.body, found.author.name, found.author.email ?? '', found.author.website ?? '', found.externalId]
  if (!text.every((one) => one.isWellFormed())) return 'bad-text'
  if (byteLength(found.body) > MOST_BYTES) return 'body-long'
  const isPlace = found.status === REMOVED
  const { body, html } = isPlace ? ERASED : toTyped({ body: cleanText(found.body.replaceAll('\0', '')), markup: found.markup })
  if (!isPlace && hasNothingToRead(html)) return 'empty'

  const typedName = isPlace ? '' : cleanLine(found.author.name.replaceAll('\0', ''))
  const name = cut(typedName, NAME_BYTES)
  const email = isPlace ? null : parsed('email', found.author.email)
  const website = isPlace ? null : parsed('website', found.author.website)
  const at = found.createdAt !== null && isPossible(found.createdAt, now) ? found.createdAt : null
  const editedAt = found.editedAt !== null && isPossible(found.editedAt, now) ? found.editedAt : null
  const losses: Loss[] = [
    ...(name === typedName ? [] : (['long-name'] as const)),
    ...(email === null && found.author.email && !isPlace ? (['bad-email'] as const) : []),
    ...(website === null && found.author.website && !isPlace ? (['bad-website'] as const) : []),
    ...(at === null ? [found.createdAt === null ? ('no-date' as const) : ('odd-date' as const)] : []),
  ]
  const entry = {
    status: found.status,
    name: name || (isPlace ? '' : anonymous),
    email,
    website,
    ip: !isPlace && found.author.ip !== null && ipaddr.isValid(found.author.ip) ? found.author.ip : null,
    moderatorId: found.author.isModerator && !isPlace ? 'import' : null,
    body,
    html,
    sanitizer: SANITIZER_POLICY,
    editedAt: editedAt?.toISOString() ?? null,
    hash: hashOf({ status: found.status, body }),
    ...(found.verdict && { verdict: found.verdict }),
  }
  return { entry, at, losses }
}

/** A comment of ours comes in as it left, but never with HTML that our rules do not let through. */
function ownEntry(own: CommentRecord): { entry: Entry; at: Date; losses: Loss[] } | Reason {
  const { url, version, pageTitle, verdicts, reports, revisions, history, status, author, body } = own
  const all = [own.html, ...revisions.flatMap(({ html, replacedHtml }) => [html, replacedHtml ?? ''])]
  if (!all.every(isClean)) return 'unclean-html'
  if (own.createdAt < NEVER.toISOString()) return 'too-early'
  const entry = {
    status,
    name: author.name,
    email: author.email ?? null,
    website: author.website,
    ip: null,
    moderatorId: own.moderatorId,
    body,
    html: own.html,
    sanitizer: own.sanitizer,
    editedAt: own.editedAt,
    hash: hashOf({ status, body }),
    own: { url, version, pageTitle, verdicts, reports, revisions, history },
  }
  return { entry, at: new Date(own.createdAt), losses: [] }
}

/** Tells whether a comment says something else, or stands elsewhere, than when it was read before. */
export const hashOf = ({ status, body }: { status: string; body: string }): string =>
  createHash('sha256').update(`${status}\0${body}`).digest('base64url').slice(0, 22)

/** What our own form would have made of it; null when it would have refused it. */
function parsed(field: 'email' | 'website', value: string | null): string | null {
  if (value === null || value === '') return null
  const result = Submission.shape[field].safeParse(value)
  return result.success ? (result.data ?? null) : null
}

/** Times that a comment can have; others are the leavings of broken clocks and programs. */
const isPossible = (at: Date, now: Date) => at.getTime() > NEVER.getTime() && at <= now

/** As many whole characters as fit. */
function cut(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text
  let kept = ''
  let left = bytes
  for (const character of text) {
    left -= byteLength(character)
    if (left < 0) break
    kept += character
  }
  return kept.trimEnd()
}
