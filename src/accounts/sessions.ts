import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { NotFound } from '../errors.ts'
import { deleteOtherSessions, deleteSession, endChallenges, sessionsOf } from './session-store.ts'

export type Sessions = ReturnType<typeof createSessions>

interface Asking {
  userId: string
  sessionId: string
}

/**
 * Where somebody is signed in. Neither IP address nor browser is kept with a session, so they are told apart by their times alone;
 * the time of last use is right to the hour.
 */
export function createSessions({ db, clock }: { db: Database; clock: Clock }) {
  return {
    list: async ({ userId, sessionId }: Asking) =>
      (await sessionsOf(db.read, { userId, now: clock() })).map(({ id, createdAt, updatedAt, expiresAt }) => ({
        id,
        createdAt: createdAt.toISOString(),
        lastUsedAt: updatedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: id === sessionId,
      })),

    /** @throws NotFound when it is no session of this person */
    async end({ userId, id }: { userId: string; id: string }): Promise<void> {
      if (!(await db.write((tx) => deleteSession(tx, { userId, id })))) throw NotFound('You have no such session.')
    },

    /** Ends all but the one that asks, and sign-ins that wait for their second step. */
    endOthers: ({ userId, sessionId }: Asking): Promise<void> =>
      db.write(async (tx) => {
        await deleteOtherSessions(tx, { userId, but: sessionId })
        await endChallenges(tx, userId)
      }),
  }
}
