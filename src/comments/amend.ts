import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { Outbox } from './outbox.ts'
import type { Keys } from '../privacy/secret.ts'
import { aadOf, unseal } from '../privacy/sealed.ts'
import type { Site } from '../sites/sites.ts'
import { judge, type Verdict } from '../spam/verdict.ts'
import { changeComment, removeComment } from './change.ts'
import { REMOVED } from './comment.ts'
import { EDIT_WINDOW_MS, mayEdit } from './edit-token.ts'
import { Banned, CommentNotFound, EditExpired } from './errors.ts'
import { SANITIZER_POLICY } from '../markup/sanitize.ts'
import { type CommentRow, findComment, insertRevision, isKnownAuthor, setRevisionState } from './store.ts'
import { type Bans, targetsOf } from './submission-context.ts'
import { htmlOfTyped } from './typed-text.ts'

const AUTHOR = { id: 'author', name: 'author' }

export type Amend = ReturnType<typeof createAmend>

/** What authors may do with their own comment for 15 minutes: change it or withdraw it, by the token that they got with it. */
export function createAmend({ db, keys, clock, bans, outbox }: { db: Database; keys: Keys; clock: Clock; bans: Bans; outbox: Outbox }) {
  const find = async (client: Database['read'] | Transaction, { site, id, token }: { site: Site; id: string; token: string }) => {
    const row = await findComment(client, id)
    if (!row || row.siteId !== site.id || row.status === REMOVED || row.moderatorId) throw CommentNotFound()
    if (!mayEdit({ keys, comment: row, token, now: clock() }))
      throw EditExpired(`A comment can be changed for ${EDIT_WINDOW_MS / 60_000} minutes, by its author.`)
    return row
  }

  return {
    /**
     * Changes the text. It is judged again: one that still waits is replaced; that of a public comment waits as a revision, the
     * approved text staying public meanwhile, unless the rules would publish it.
     * @throws EditExpired, CommentNotFound, InvalidFields; Banned, since a new text is as good as a new comment
     */
    async edit({ site, id, token, body }: { site: Site; id: string; token: string; body: string }): Promise<CommentRow> {
      const before = await find(db.read, { site, id, token })
      if ((await bans.among(site.id, targetsOf(before))).size > 0) throw Banned()
      const { html, links } = htmlOfTyped({ body })
      const { status, verdicts } = await judgeAgain({ site, row: before, body, html, links })
      const revision = { id: newId(clock()), body, html, verdicts }
      const row = await db.write(async (tx) =>
        amendRow(tx, { row: await find(tx, { site, id, token }), publish: status === 'approved', status, revision }),
      )
      outbox.wake()
      return row
    },

    /** Takes the comment back. @throws EditExpired, CommentNotFound */
    async withdraw({ site, id, token }: { site: Site; id: string; token: string }): Promise<void> {
      await find(db.read, { site, id, token })
      await db.write(async (tx) => {
        const row = await find(tx, { site, id, token })
        await removeComment(tx, { db, outbox, row, act: { actor: AUTHOR, action: 'withdraw', at: clock() } })
      })
    },
  }

  async function judgeAgain({ site, row, body, html, links }: { site: Site; row: CommentRow; body: string; html: string; links: number }) {
    const { emailIndex, browserIndex } = row
    const authorIsKnown = Boolean(
      emailIndex && browserIndex && (await isKnownAuthor(db.read, { siteId: site.id, emailIndex, browserIndex })),
    )
    const email = row.emailSealed ? unseal({ keys, aad: aadOf('Comment.email', row.id), sealed: row.emailSealed }) : ''
    return judge({
      submission: {
        name: row.name,
        email,
        website: row.website,
        title: row.pageTitle,
        url: '',
        body,
        html,
        links,
        honeypot: '',
        authorIsKnown,
        isEdit: true,
      },
      rules: site.settings,
    })
  }

  async function amendRow(
    tx: Transaction,
    {
      row,
      publish,
      status,
      revision,
    }: {
      row: CommentRow
      publish: boolean
      status: 'approved' | 'pending' | 'spam' | 'rejected'
      revision: { id: string; body: string; html: string; verdicts: Verdict[] }
    },
  ): Promise<CommentRow> {
    const at = clock()
    const isPublic = row.status === 'approved'
    const waits = isPublic && !publish
    const text = { body: revision.body, html: revision.html, editedAt: at }
    // A text that waited is judged anew, but what a person or the rules put away stays there.
    const change = waits
      ? { hasRevision: true }
      : {
          hasRevision: false,
          text,
          verdicts: revision.verdicts as object[],
          ...(row.status === 'pending' && { status: status === 'approved' ? ('approved' as const) : status }),
        }
    const changed = await changeComment(tx, {
      db,
      outbox,
      row,
      change,
      act: { actor: AUTHOR, action: 'edit', at, revisionId: revision.id },
    })
    // Only now: before, another replica may just have removed the comment that the revision belongs to.
    await setRevisionState(tx, { commentId: row.id, from: 'waiting', to: 'superseded' })
    await insertRevision(tx, {
      ...revision,
      verdicts: revision.verdicts as object[],
      commentId: row.id,
      state: waits ? 'waiting' : 'published',
      sanitizer: SANITIZER_POLICY,
      createdAt: at,
      ...(!waits && { replacedBody: row.body, replacedHtml: row.html }),
    })
    const subject = { siteId: row.siteId, commentId: row.id, subjectId: revision.id }
    if (waits) await outbox.announceHeld(tx, [{ kind: 'edit.held', ...subject }])
    // The links of the first mail are about a text that is gone: they say so, and this mail has new ones.
    else if (changed.status === 'pending') await outbox.announceHeld(tx, [{ kind: 'comment.held', ...subject }])
    return changed
  }
}
