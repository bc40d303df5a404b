/** Where a member stands between a mail for each comment, digests, and one alert during an attack. */
export interface SendingState {
  digestAt: Date | null
  /** The lowest and the highest id of what waits for the next digest. */
  untoldFrom: string | null
  untoldTo: string | null
  alertedAt: Date | null
  /** The day that `mails` are counted in. */
  day: string
  mails: number
}

export const AT_REST: SendingState = { digestAt: null, untoldFrom: null, untoldTo: null, alertedAt: null, day: '', mails: 0 }

/** An attack is a rate of waiting comments over so many minutes. */
export const ATTACK_MINUTES = 10

export interface Situation {
  now: Date
  /** Ids of the comments and revisions that began to wait just now and are this member's to hear of. */
  arrived: string[]
  /** What waits and is theirs to hear of, and how much of that came in within the last ten minutes. */
  waiting: number
  recent: number
  wants: 'immediate' | 'digest'
  /** Of a member who wants digests. */
  digestMinutes: number
  /** When the quiet hours end, if they are on. */
  quietUntil: Date | null
  /** The member's day, and when their next one begins. */
  day: string
  nextDay: Date
  /** The site's settings. */
  limits: { digestAboveWaiting: number; digestMinutes: number; attackComments: number; memberMailsPerDay: number }
}

export type Sending = { kind: 'nothing' | 'each' | 'alert' } | { kind: 'digest'; from: string; to: string }

const MINUTE_MS = 60_000
/** An attack that goes on is told of again. */
const ALERT_AGAIN_MS = 86_400_000

/**
 * What a member is sent now, and where they stand afterwards. Each comment has a mail of its own while few wait; when more than the
 * site's limit wait, they are told in digests; while an attack goes on, in one alert. What has no mail of its own is in the next
 * digest as long as it waits, so nothing is forgotten; and since all follows from what waits, the way back needs nobody.
 */
export function nextSendingState(before: SendingState, situation: Situation): { state: SendingState; sends: Sending } {
  const { now, arrived, recent, limits, quietUntil, day, nextDay } = situation
  const state = { ...before, day, mails: before.day === day ? before.mails : 0 }
  const isAttack = limits.attackComments > 0 && recent > (state.alertedAt ? limits.attackComments / 2 : limits.attackComments)
  if (!isAttack) state.alertedAt = null
  const room = limits.memberMailsPerDay - state.mails

  if (arrived.length > 0) {
    if (mayHearEach(state, { ...situation, isAttack, room })) {
      return { state: { ...state, mails: state.mails + arrived.length }, sends: { kind: 'each' } }
    }
    const ids = [state.untoldFrom, state.untoldTo, ...arrived].filter((id) => id !== null).toSorted()
    state.untoldFrom = ids[0] ?? null
    state.untoldTo = ids.at(-1) ?? null
    state.digestAt ??= quietUntil && situation.wants === 'immediate' ? quietUntil : later(now, minutesOf(situation))
  }

  const { digestAt, untoldFrom: from, untoldTo: to } = state
  if (!digestAt || from === null || to === null) return { state, sends: { kind: 'nothing' } }
  const postponed = (until: Date) => ({
    state: { ...state, digestAt: until > digestAt ? until : digestAt },
    sends: { kind: 'nothing' } as const,
  })
  if (quietUntil) return postponed(quietUntil)
  if (room <= 0) return postponed(nextDay)
  if (isAttack) {
    const isDue = !state.alertedAt || now.getTime() - state.alertedAt.getTime() >= ALERT_AGAIN_MS
    if (isDue) return { state: { ...state, alertedAt: now, mails: state.mails + 1 }, sends: { kind: 'alert' } }
    return digestAt > now ? { state, sends: { kind: 'nothing' } } : postponed(later(now, ATTACK_MINUTES))
  }
  if (digestAt > now) return { state, sends: { kind: 'nothing' } }
  return {
    state: { ...state, digestAt: null, untoldFrom: null, untoldTo: null, mails: state.mails + 1 },
    sends: { kind: 'digest', from, to },
  }
}

/** Few wait, nothing is due in a digest, and there is room for a mail for each and the digest of what follows. */
function mayHearEach(
  state: SendingState,
  { wants, quietUntil, waiting, arrived, limits, isAttack, room }: Situation & { isAttack: boolean; room: number },
) {
  return (
    wants === 'immediate' && !state.digestAt && !quietUntil && !isAttack && waiting <= limits.digestAboveWaiting && arrived.length < room
  )
}

const minutesOf = ({ wants, digestMinutes, limits }: Situation) => (wants === 'digest' ? digestMinutes : limits.digestMinutes)
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS)

/** A digest's ids as its delivery keeps them, and back. */
export const rangeOf = ({ from, to }: { from: string; to: string }) => `${from}~${to}`
export function readRange(range: string): { from: string; to: string } {
  const [from = '', to = ''] = range.split('~')
  return { from, to }
}
