import { useQueryClient } from '@tanstack/react-query'
import { ask, Refusal } from '../api/ask.ts'
import type { CommentPage, Decision, ModeratedComment } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { type Filter, wanted } from '../../../moderation/page-filter.ts'
import { forget, forgetAll, remember, say, takeLast } from './last-act.ts'
import { forgetCardStates, note, cardStateOf } from './card-state.ts'

const at = (id: string) => `/api/v1/moderation/comments/${id}`
interface Undone {
  undone: number
  conflicts: { id: string; reason: string }[]
}

/** What the server has not answered yet; taking something back comes after it. */
let underWay: Promise<unknown> = Promise.resolve()
function tell<Answer>(path: string, body: unknown): Promise<Answer> {
  const answer = ask<Answer>('POST', path, body)
  underWay = Promise.allSettled([underWay, answer])
  return answer
}

/** Decisions, shown at once and told to the server behind; what the server refuses comes back with its reason. */
export function useDecide() {
  const client = useQueryClient()
  const { t } = useSpeech()
  const recount = () => client.invalidateQueries({ queryKey: ['counts'] })
  const reread = async () => {
    forgetCardStates()
    await Promise.all([client.resetQueries({ queryKey: ['queue'] }), recount()])
  }

  const takenBack = async ({ undone, conflicts }: Undone) => {
    say(conflicts.length > 0 ? t('admin.undo.partly', { done: undone, kept: conflicts.length }) : t('admin.undo.done', { n: undone }))
    forgetAll()
    await reread()
  }

  return {
    decide: async (comment: ModeratedComment, decision: Decision): Promise<boolean> => {
      const { id, version, author } = comment
      note([[id, { decided: decision, comment }]])
      remember({ kind: 'one', decision, ids: [id], name: author.name })
      try {
        const answer = await tell<{ comment: ModeratedComment }>(`${at(id)}/decisions`, { decision, version })
        if (cardStateOf(id)?.decided === decision) note([[id, { decided: decision, comment: answer.comment }]])
        void recount()
        return true
      } catch (error) {
        forget(id)
        note([[id, await troubleWith(comment, error)]])
        return false
      }
    },

    decideMany: async (comments: ModeratedComment[], decision: Decision): Promise<void> => {
      const ids = comments.map(({ id }) => id)
      note(comments.map((comment) => [comment.id, { decided: decision, comment }]))
      try {
        const answer = await tell<{ batch: string; conflicts: { id: string; reason: string }[] }>('/api/v1/moderation/decisions', {
          ids,
          decision,
        })
        note(answer.conflicts.map(({ id, reason }) => [id, { trouble: { kind: 'refused', error: new Error(reason) } }]))
        remember({ kind: 'batch', decision, ids, batch: answer.batch, name: '' })
        void recount()
      } catch (error) {
        note(comments.map((comment) => [comment.id, { comment, trouble: { kind: 'refused', error } }]))
      }
    },

    /** @throws Refusal when more match than were seen */
    decideAll: async (filter: Filter, expected: number, decision: Decision): Promise<void> => {
      const answer = await tell<{ decided: number; batch: string }>('/api/v1/moderation/decisions', {
        filter: wanted(filter),
        expected,
        decision,
      })
      remember({ kind: 'batch', decision, ids: Array.from({ length: answer.decided }, () => ''), batch: answer.batch, name: '' })
      await reread()
    },

    /** Takes back the last act; gives the comment that is there again. */
    undo: async (): Promise<string | undefined> => {
      await underWay
      const act = takeLast()
      if (!act) {
        say(t('admin.undo.nothing'))
        return undefined
      }
      try {
        if (act.kind === 'batch') {
          await takenBack(await ask<Undone>('POST', `/api/v1/moderation/batches/${act.batch}/undo`))
          return undefined
        }
        const [id = ''] = act.ids
        const { comment } = await ask<{ comment: ModeratedComment }>('POST', `${at(id)}/undo`)
        note([[id, { comment }]])
        say(t('admin.undo.one', { name: act.name }))
        void recount()
        return id
      } catch (error) {
        say(t('admin.undo.failed'), error)
        return undefined
      }
    },

    undoMinutes: async (minutes: number): Promise<void> => {
      try {
        await takenBack(await ask<Undone>('POST', '/api/v1/moderation/undo', { minutes }))
      } catch (error) {
        say(t('admin.undo.failed'), error)
      }
    },
  }
}

/** A lost race tells who won it, and when; anything else tells itself. */
export async function troubleWith(comment: ModeratedComment, error: unknown) {
  const current = error instanceof Refusal && error.status === 409 ? (error.members['comment'] as ModeratedComment | undefined) : undefined
  if (!current) return { comment, trouble: { kind: 'refused', error } } as const
  const page = await ask<{ comment: CommentPage }>('GET', at(comment.id)).catch(() => null)
  const last = page?.comment.history.at(-1)
  const { actor: by = '', at: when = current.createdAt, to = current.status } = last ?? {}
  return { comment: current, trouble: { kind: 'conflict', by, at: when, to } } as const
}
