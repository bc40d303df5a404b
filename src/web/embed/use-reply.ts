import { useEffect, useRef, useState } from 'preact/hooks'
import { fieldTexts } from '../../http/field-texts.ts'
import type { FieldError } from '../../errors.ts'
import { NoConnection, type SubmissionAnswer } from './api.ts'
import { useWidget } from './context.ts'
import { type Attempt, type Identity, randomId } from './kept.ts'
import { explain } from './problems.ts'

/** Waits between tries while nobody answers, milliseconds; the last one again and again. */
const RETRIES_MS = [2000, 5000, 15_000, 30_000, 60_000]

export interface ReplyFields extends Identity {
  body: string
  remember: boolean
  followReplies: boolean
}

type Phase = 'writing' | 'sending' | 'waiting'

/**
 * One reply from the first letter to the answer. What is typed survives a reload; what could not be sent is sent again when the
 * connection is back, under the same key as long as it is the same reply.
 */
export function useReply({
  parentId,
  slot = parentId ?? '',
  onSent,
}: {
  parentId: string | null
  /** Which draft it is: that of the comment it answers, or answered once. */
  slot?: string | undefined
  onSent: (answer: SubmissionAnswer, fields: ReplyFields) => void
}) {
  const { api, kept, t, locale, announce } = useWidget()
  const [fields, setFields] = useState<ReplyFields>(() => {
    const { name = '', email = '', website = '' } = kept.identity() ?? {}
    return {
      name,
      email,
      website,
      body: kept.draft(slot) ?? '',
      remember: kept.isRemembered(),
      followReplies: /followR/.test(kept.attempt(slot)?.fields ?? ''),
    }
  })
  const [hadDraft] = useState(fields.body !== '')
  const [phase, setPhase] = useState<Phase>('writing')
  const [problem, setProblem] = useState<{ message: string; errors: FieldError[] } | null>(null)
  const latest = useRef({ fields, phase })
  latest.current = { fields, phase }
  const tries = useRef(0)

  const replyOf = ({ name, email, website, body, followReplies }: ReplyFields) => ({
    name,
    email,
    website,
    body,
    browser: kept.browser(),
    ...(parentId !== null && { parentId }),
    ...(followReplies && { followReplies: 'yes', locale }),
  })

  /** What is changed is another reply: nothing of it goes out before somebody sends it. */
  const change = (part: Partial<ReplyFields>) => {
    if (latest.current.phase === 'sending') return
    const next = { ...latest.current.fields, ...part }
    setFields(next)
    kept.setDraft(slot, next.body)
    kept.setIdentity(next)
    setPhase('writing')
    setProblem((now) => withoutErrorsOf(now, Object.keys(part)))
  }

  const waitForLine = () => {
    setProblem((now) => now ?? { message: `${t('embed.offline')} ${t('embed.kept')}`, errors: [] })
    setPhase('waiting')
  }

  const send = async (): Promise<void> => {
    if (latest.current.phase === 'sending') return
    const sent = latest.current.fields
    const missing = missingFields(sent)
    if (missing.length > 0) return setProblem({ message: t('problem.invalid'), errors: fieldTexts({ errors: missing, t }) })
    setPhase('sending')
    if (tries.current === 0) {
      setProblem(null)
      announce(t('embed.sending'))
    }
    kept.setIdentity(sent)
    const reply = replyOf(sent)
    const same = JSON.stringify(reply)
    const post = (attempt: Attempt) => {
      kept.setAttempt(slot, attempt)
      return api.post({ ...JSON.parse(attempt.fields), idempotencyKey: attempt.key })
    }
    /** Whether the first text arrived, nobody heard: it is sent to its end and then changed, so that a correction is no second comment. */
    const correct = async (first: Attempt): Promise<SubmissionAnswer> => {
      const answer = await post(first)
      const { comment } = await api.edit({ id: answer.comment.id, token: answer.editToken, body: sent.body })
      return { ...answer, comment }
    }
    const attempted = kept.attempt(slot)
    const isSame = attempted?.fields === same
    const isCorrection = attempted && !isSame && JSON.stringify({ ...JSON.parse(attempted.fields), body: sent.body }) === same
    try {
      const corrected = isCorrection && (await correct(attempted).catch(unlessLost))
      const answer = corrected || (await post(isSame ? attempted : { key: randomId(), fields: same }))
      kept.setDraft(slot, '')
      kept.setAttempt(slot, null)
      setFields((now) => ({ ...now, body: '' }))
      setProblem(null)
      setPhase('writing')
      onSent(answer, sent)
    } catch (error) {
      if (error instanceof NoConnection) return waitForLine()
      kept.setAttempt(slot, null) // answered: nothing was stored under this key
      setProblem(explain(error, t))
      setPhase('writing')
    }
  }

  useEffect(() => {
    // A reload came between sending and the answer; a text that was changed since is not sent by itself.
    if (kept.attempt(slot)?.fields === JSON.stringify(replyOf(latest.current.fields))) waitForLine()
  }, [])

  useEffect(() => {
    if (phase === 'writing') tries.current = 0
    if (phase !== 'waiting') return undefined
    const again = () => void send()
    const timer = setTimeout(again, RETRIES_MS[Math.min(tries.current++, RETRIES_MS.length - 1)])
    window.addEventListener('online', again)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', again)
    }
  }, [phase])

  return { fields, change, send, phase, problem, hadDraft }
}

const unlessLost = (error: unknown) => {
  if (error instanceof NoConnection) throw error
  return null
}

/** What was wrong with a field is not said of what stands there now. */
function withoutErrorsOf(problem: { message: string; errors: FieldError[] } | null, changed: string[]) {
  const errors = problem?.errors.filter(({ field }) => !changed.includes(field)) ?? []
  return problem && errors.length > 0 ? { ...problem, errors } : null
}

/** What the server would miss; on a bad line it is worth saying at once. */
const missingFields = (fields: ReplyFields): FieldError[] =>
  (['body', 'name', 'email'] as const).filter((field) => fields[field].trim() === '').map((field) => ({ field, message: 'is required' }))
