import { describe, expect, it } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'
import { type ColumnOf, tables } from './schema.ts'

/**
 * What becomes of a column when a comment with replies is erased: it is emptied; it stays as it was, since it tells nothing of what was
 * written or of who wrote it; or it is set to what an erased comment has there.
 */
type Decision = 'emptied' | 'stays' | 'set'

/** Every table that names a comment, with a decision for each of its columns, or for all of its rows. A new column needs one, too. */
const DECISIONS: Record<string, 'goes' | Record<string, Decision>> = {
  Comment: {
    id: 'stays',
    siteId: 'stays',
    threadId: 'stays',
    parentId: 'stays', // the place, which the replies need
    rootId: 'stays',
    depth: 'stays',
    path: 'stays',
    status: 'set',
    queue: 'emptied',
    shown: 'set',
    shownReplies: 'stays',
    version: 'set',
    name: 'emptied',
    emailSealed: 'emptied',
    emailIndex: 'emptied',
    website: 'emptied',
    ipSealed: 'emptied',
    networkIndex: 'emptied',
    browserIndex: 'emptied',
    pageTitle: 'emptied',
    body: 'emptied',
    html: 'emptied',
    sanitizer: 'stays',
    folded: 'emptied',
    verdicts: 'emptied',
    reports: 'emptied',
    moderatorId: 'emptied',
    follows: 'emptied',
    fingerprint: 'emptied',
    createdAt: 'stays',
    editedAt: 'stays',
  },
  Revision: 'goes',
  Report: 'goes',
  IdempotencyKey: 'goes',
  History: {
    id: 'stays',
    commentId: 'stays',
    at: 'stays',
    actorId: 'stays', // of moderators; an author is called by that word alone
    actorName: 'stays',
    action: 'stays',
    from: 'stays',
    to: 'stays',
    reason: 'emptied', // people quote in it
    version: 'stays',
    revisionId: 'stays',
    batchId: 'stays',
    via: 'stays',
  },
  RepairedRoot: { repairId: 'stays', commentId: 'stays' },
  Ban: {
    id: 'stays',
    siteId: 'stays',
    what: 'stays',
    target: 'stays', // a blind index: a ban that went with the comment would be lifted by withdrawing it
    commentId: 'stays',
    reason: 'stays', // the moderators' own
    actorId: 'stays',
    actorName: 'stays',
    createdAt: 'stays',
    until: 'stays',
    liftedAt: 'stays',
    liftedById: 'stays',
    liftedByName: 'stays',
  },
  // Keeps the comment from coming back with the next import.
  ExternalId: {
    siteId: 'stays',
    name: 'stays',
    source: 'stays',
    origin: 'stays',
    commentId: 'stays',
    hash: 'stays', // of status and text as they were read
    version: 'stays',
  },
  // Outboxes hold ids alone; what is sent is written at the moment of sending.
  Delivery: {
    id: 'stays',
    siteId: 'stays',
    kind: 'stays',
    commentId: 'stays',
    userId: 'stays',
    readerId: 'stays',
    countedAt: 'stays',
    dedupe: 'stays',
    messageId: 'stays',
    state: 'stays',
    attempts: 'stays',
    nextAt: 'stays',
    leaseId: 'stays',
    leaseUntil: 'stays',
    outcome: 'stays', // without addresses
    createdAt: 'stays',
    sentAt: 'stays',
    resentAs: 'stays',
    failureToldAt: 'stays',
  },
  WebhookDelivery: {
    id: 'stays',
    webhookId: 'stays',
    siteId: 'stays',
    event: 'stays',
    commentId: 'stays',
    state: 'stays',
    attempts: 'stays',
    nextAt: 'stays',
    leaseId: 'stays',
    leaseUntil: 'stays',
    outcome: 'stays',
    createdAt: 'stays',
    sentAt: 'stays',
  },
}

/** Tables that hold what readers typed or where they came from, and name no comment. */
const OTHERS = {
  Thread: 'its title is told by another public comment then, or by none (comments/counter-changes.ts)',
  HeldNotice: 'a list of ids',
  Subscription: 'a wish of its own, which ends by its own link',
  MailStop: 'a blind index: who wanted no mails is to get none',
  MailAllowance: 'a blind index, for a day',
}

const all = tables()
const columnsIn = (table: string) => all.get(table) ?? []
const names = (table: string) => columnsIn(table).map(({ name }) => name)

describe('erasing a comment', () => {
  it('has a decision about every table that names a comment', () => {
    const naming = [...all.keys()].filter((table) => table === 'Comment' || names(table).includes('commentId'))
    expect(Object.keys(DECISIONS).toSorted()).toEqual(naming.toSorted())
    for (const table of Object.keys(OTHERS)) expect(names(table)).not.toEqual([])
  })

  it.each(Object.entries(DECISIONS))('has a decision about every column of %s', (table, decision) => {
    if (decision !== 'goes') expect(Object.keys(decision).toSorted()).toEqual(names(table).toSorted())
  })

  it.each(['sqlite', 'postgresql'] as const)('does to each column what was decided (%s)', async (kind) => {
    const app = await startApp({ kind })
    const id = await filledComment(app)
    const before = await rowsAbout(app, id)
    await app.http
      .delete(`/api/v1/moderation/comments/${id}`)
      .set(await app.keyFor('owner'))
      .expect(204)
    const after = await rowsAbout(app, id)
    expect(after['Comment']).toMatchObject([{ status: 'removed', shown: true, version: 3 }])
    for (const [table, decision] of Object.entries(DECISIONS)) {
      expect([table, before[table]]).not.toEqual([table, []])
      if (decision === 'goes') expect([table, after[table]]).toEqual([table, []])
      else
        for (const was of before[table] ?? []) expect([table, after[table]]).toEqual([table, expect.arrayContaining([erased(was, table)])])
    }
  })
})

type Row = Record<string, unknown>
interface Table {
  create: (options: { data: Row }) => Promise<unknown>
  findMany: (options: { where: Row }) => Promise<Row[]>
}
const tableOf = (client: unknown, table: string) =>
  (client as Record<string, Table>)[table.charAt(0).toLowerCase() + table.slice(1)] as Table

/** What a row has to be afterwards. What is to be emptied must hold something before, or nothing would be proved. */
function erased(row: Row, table: string): Row {
  const decision = DECISIONS[table] as Record<string, Decision>
  const columns = columnsIn(table).map((column) => {
    const { name } = column
    if (decision[name] === 'stays') return [name, row[name]]
    if (decision[name] === 'set') return [name, expect.anything()]
    expect([table, name, row[name]]).not.toEqual([table, name, emptyIn(column)])
    return [name, emptyIn(column)]
  })
  return Object.fromEntries(columns) as Row
}

const emptyIn = ({ type, isOptional }: ColumnOf) => (isOptional ? null : type === 'Json' ? [] : type === 'Int' ? 0 : '')
const SOMETHING = { String: 'x', Int: 1, BigInt: 1n, Boolean: true, DateTime: new Date(0), Json: ['x'], Bytes: Buffer.from('x') }

/** A public comment with a public reply, something in every column that is to be emptied, and a row about it in every table. */
async function filledComment(app: TestApp): Promise<string> {
  await app.set({ mode: 'publish-all' })
  const id = (await app.reply().expect(201)).body.comment.id as string
  await app.reply({ parentId: id }).expect(201)
  const row: Row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id } })
  const known: Row = { siteId: row['siteId'], commentId: id, queue: 'pending' }
  const filled = (columns: ColumnOf[]): Row => Object.fromEntries(columns.map(({ name, type }) => [name, known[name] ?? SOMETHING[type]]))
  const decided = DECISIONS['Comment'] as Record<string, Decision>
  const unfilled = columnsIn('Comment').filter((each) => decided[each.name] === 'emptied' && row[each.name] === emptyIn(each))
  await app.deps.db.write(async (tx) => {
    await tx.comment.update({ where: { id }, data: filled(unfilled) })
    for (const table of ['Repair', 'Webhook', ...Object.keys(DECISIONS)])
      if (table !== 'Comment') await tableOf(tx, table).create({ data: filled(columnsIn(table)) })
  })
  return id
}

async function rowsAbout(app: TestApp, id: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {}
  for (const table of Object.keys(DECISIONS))
    found[table] = await tableOf(app.deps.db.read, table).findMany({ where: table === 'Comment' ? { id } : { commentId: id } })
  return found
}
