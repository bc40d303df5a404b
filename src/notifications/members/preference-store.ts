import type { Client, Transaction } from '../../database/connect.ts'
import { together } from '../../database/together.ts'
import { ALL_SITES, type Role } from '../../access/policy.ts'
import { MemberChoices, PersonalChoices, UNCHOSEN } from './preferences.ts'

interface PersonalRow {
  locale: string | null
  timeZone: string | null
  quietFrom: string | null
  quietTo: string | null
}

function toPersonal(row: PersonalRow | null): PersonalChoices {
  if (!row) return UNCHOSEN.personal
  const { locale, timeZone, quietFrom: from, quietTo: to } = row
  return PersonalChoices.parse({ locale, timeZone, quietHours: from !== null && to !== null ? { from, to } : null })
}

const toChoices = (row: object | null | undefined): MemberChoices => (row ? MemberChoices.parse(row) : UNCHOSEN.member)

export const findPersonal = async (client: Client | Transaction, userId: string): Promise<PersonalChoices> =>
  toPersonal(await client.personalPreference.findUnique({ where: { userId } }))

export async function putPersonal(tx: Transaction, { userId, choices }: { userId: string; choices: PersonalChoices }): Promise<void> {
  const { locale, timeZone, quietHours } = choices
  const data = { locale, timeZone, quietFrom: quietHours?.from ?? null, quietTo: quietHours?.to ?? null }
  await tx.personalPreference.upsert({ where: { userId }, create: { userId, ...data }, update: data })
}

export const findChoices = async (client: Client | Transaction, who: { userId: string; siteId: string }): Promise<MemberChoices> =>
  toChoices(await client.memberPreference.findUnique({ where: { userId_siteId: who } }))

export async function putChoices(
  tx: Transaction,
  { userId, siteId, choices }: { userId: string; siteId: string; choices: MemberChoices },
): Promise<void> {
  await tx.memberPreference.upsert({
    where: { userId_siteId: { userId, siteId } },
    create: { userId, siteId, ...choices },
    update: choices,
  })
}

/** A member of a site as far as they are told of it: what they chose, and where they stand. */
export type Listener = ReturnType<typeof listenersIn>[number]

/** The members of a site, each once with their stronger role, in the order of their ids. */
export const listenersOf = async (client: Client, siteId: string): Promise<Listener[]> =>
  listenersIn(await readMembers(client, { siteIds: [siteId] }), siteId)

/** One member of a site, if they are one. Mails that are written at the same time read together. */
export function listenerOf(client: Client, who: Who): Promise<Listener | undefined> {
  const read = reads.get(client) ?? together((keys: Who[]) => readMany(client, keys))
  reads.set(client, read)
  return read(who)
}

interface Who {
  siteId: string
  userId: string
}
const reads = new WeakMap<Client, (who: Who) => Promise<Listener | undefined>>()

async function readMany(client: Client, keys: Who[]) {
  const rows = await readMembers(client, { siteIds: keys.map(({ siteId }) => siteId), userIds: keys.map(({ userId }) => userId) })
  return ({ siteId, userId }: Who) =>
    listenersIn(
      rows.filter((row) => row.userId === userId),
      siteId,
    )[0]
}

type MemberRow = Awaited<ReturnType<typeof readMembers>>[number]

const readMembers = (client: Client, { siteIds, userIds }: { siteIds: string[]; userIds?: string[] }) =>
  client.membership.findMany({
    where: { siteId: { in: [...siteIds, ALL_SITES] }, role: { in: ROLES }, ...(userIds && { userId: { in: userIds } }) },
    orderBy: { userId: 'asc' },
    include: {
      user: {
        select: {
          email: true,
          preference: true,
          preferences: { where: { siteId: { in: siteIds } } },
          paces: { where: { siteId: { in: siteIds } } },
        },
      },
    },
  })

function listenersIn(rows: MemberRow[], siteId: string) {
  const members = rows.filter((row) => row.siteId === siteId || row.siteId === ALL_SITES)
  const isOwner = new Set(members.filter(({ role }) => role === 'owner').map((row) => row.userId))
  const once = new Map(members.map((row) => [row.userId, row]))
  return [...once.values()].map(({ userId, user }) => ({
    userId,
    email: user.email,
    role: roleOf(isOwner.has(userId)),
    personal: toPersonal(user.preference),
    choices: toChoices(user.preferences.find((row) => row.siteId === siteId)),
    state: user.paces.find((row) => row.siteId === siteId) ?? null,
  }))
}

const roleOf = (isOwner: boolean): Role => (isOwner ? 'owner' : 'moderator')
const ROLES = ['owner', 'moderator'] satisfies Role[]
