import { describe, expect, it } from '@jest/globals'
import type { Database } from '../../src/database/connect.ts'
import { translator } from '../../src/locales/index.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { readMailLink } from '../../src/notifications/mail-links.ts'
import { createDelivery } from '../../src/notifications/deliver.ts'
import { reasonTexts } from '../../src/notifications/reasons.ts'
import { createRender } from '../../src/notifications/render.ts'
import { SUPPRESSED } from '../../src/notifications/suppressed.ts'
import { CHECKS } from '../../src/spam/checks.ts'
import { judge } from '../../src/spam/verdict.ts'
import { pino } from 'pino'
import { eachDatabase } from '../support/databases.ts'
import { startMailbox } from '../support/mailbox.ts'
import { DOMAIN, keys, makeComment, makeDeliveries, makeMember, makeRevision, makeSite, NOON, pinnedClock } from './rows.ts'

/** A site with a moderator and a comment of which the outbox tells. */
async function heldComment(db: Database, comment: { name?: string; body?: string } = {}) {
  const { site, thread } = await makeSite(db)
  const userId = await makeMember(db, { siteId: site.id, email: 'moderator@redaksi.example' })
  const held = await makeComment(db, { siteId: site.id, threadId: thread.id, ...comment })
  const [row] = await makeDeliveries(db, { siteId: site.id, commentId: held.id, userIds: [userId] })
  return { site, thread, userId, comment: held, row }
}

/** Sends what is due through a real server; gives the mails and the rows. */
async function deliver(db: Database) {
  const clock = pinnedClock()
  const mailbox = await startMailbox()
  const mailer = smtpMailer({ url: mailbox.url, from: 'Balas <balas@balas.example>', clock })
  const render = createRender({ db, keys, publicUrl: 'https://balas.example', mailDomain: DOMAIN, clock })
  await createDelivery({ db, mailer, render, clock, log: pino({ level: 'silent' }) }).drainOnce()
  await mailer.close()
  await mailbox.stop()
  return { mails: mailbox.mails, rows: await db.read.delivery.findMany({ orderBy: { id: 'asc' } }) }
}

eachDatabase('a mail about a held comment', (open) => {
  it('goes to the moderator with the comment, the reasons and links that are theirs', async () => {
    const db = await open()
    const { comment, userId, row, site, thread } = await heldComment(db)

    const { mails } = await deliver(db)

    expect(mails).toHaveLength(1)
    const mail = mails[0]
    expect(mail?.envelope).toEqual({ from: 'balas@balas.example', to: ['moderator@redaksi.example'] })
    expect(mail?.messageId).toBe(row?.messageId)
    expect(mail?.subject).toBe('Komentar menunggu: “Banjir di Jakarta” – Warta Kota')
    expect(mail?.text).toContain('> Air setinggi <b>lutut</b>.')
    expect(mail?.text).toContain('Situs ini menahan setiap komentar.')
    expect(mail?.text).toContain('114.10.27.0/24')
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(mail?.raw).toMatch(/^List-I[dD]: <warta\.comments\.balas\.example>\r$/m)
    expect(mail?.references).toBe(`<thread.${site.id}.${thread.id}@balas.example>`)
    expect(mail?.headers.has('precedence')).toBe(false)

    const tokens = [...(mail?.text ?? '').matchAll(/^https:\/\/balas\.example\/moderate\/([\w-]+)$/gm)].map(([, token]) => token ?? '')
    expect(tokens.map((token) => readMailLink({ keys, token, now: NOON }))).toEqual(
      ['approve', 'reject', 'spam'].map((action) => ({ action, commentId: comment.id, version: 4, userId })),
    )
    for (const token of tokens) expect(mail?.html).toContain(`href="https://balas.example/moderate/${token}"`)
  })

  it('shows the reader’s address masked and nothing else of it', async () => {
    const db = await open()
    await heldComment(db)
    const { mails } = await deliver(db)
    expect(mails[0]?.text).toContain('s***@pembaca.example')
    expect(mails[0]?.html).toContain('s***@pembaca.example')
    expect(mails[0]?.raw).not.toContain('siti.rahmawati')
    expect(mails[0]?.raw).not.toContain('114.10.27.33')
  })

  it('lets no text of a reader become a header', async () => {
    const db = await open()
    const evil = 'X\r\nBcc: korban@example.org\r\nX-Evil: 1\r\n\r\n<script>'
    const { site, thread } = await heldComment(db, { name: evil, body: evil })
    await db.write(async (tx) => {
      await tx.thread.update({ where: { id: thread.id }, data: { title: evil } })
      await tx.site.update({ where: { id: site.id }, data: { name: evil, key: 'a b\r\nBcc: x@y.z' } })
    })
    const { mails } = await deliver(db)
    expect(mails[0]?.envelope.to).toEqual(['moderator@redaksi.example'])
    expect(mails[0]?.headers.has('bcc')).toBe(false)
    expect(mails[0]?.headers.has('x-evil')).toBe(false)
    expect(mails[0]?.subject).toContain('X Bcc: korban@example.org')
  })

  it('shows a waiting edit beside the public text', async () => {
    const db = await open()
    const { site, thread } = await makeSite(db)
    const userId = await makeMember(db, { siteId: '*', role: 'owner', email: 'owner@redaksi.example' })
    const comment = await makeComment(db, { siteId: site.id, threadId: thread.id, status: 'approved' })
    const revision = await makeRevision(db, { commentId: comment.id })
    await makeDeliveries(db, { siteId: site.id, commentId: comment.id, kind: 'edit.held', subjectId: revision.id, userIds: [userId] })

    const { mails } = await deliver(db)

    expect(mails[0]?.subject).toBe('Suntingan menunggu: “Banjir di Jakarta” – Warta Kota')
    expect(mails[0]?.text).toContain('Teks baru:\n> Air setinggi dada.\n')
    expect(mails[0]?.text).toContain('Yang sekarang tayang:\n> Air setinggi <b>lutut</b>.\n')
    expect(mails[0]?.text).toContain('Komentar ini disunting.')
  })

  it.each<[string, string, (db: Database, held: Awaited<ReturnType<typeof heldComment>>) => Promise<unknown>]>([
    [
      'approved',
      SUPPRESSED.decided,
      (db, { comment }) => db.write((tx) => tx.comment.update({ where: { id: comment.id }, data: { status: 'approved', queue: null } })),
    ],
    [
      'put in spam',
      SUPPRESSED.decided,
      (db, { comment }) => db.write((tx) => tx.comment.update({ where: { id: comment.id }, data: { status: 'spam', queue: null } })),
    ],
    ['deleted', SUPPRESSED.gone, (db, { comment }) => db.write((tx) => tx.comment.delete({ where: { id: comment.id } }))],
    ['for somebody who left', SUPPRESSED.notAMember, (db, { userId }) => db.write((tx) => tx.membership.deleteMany({ where: { userId } }))],
    [
      'for somebody who only moderates elsewhere',
      SUPPRESSED.notAMember,
      (db, { userId }) => db.write((tx) => tx.membership.updateMany({ where: { userId }, data: { siteId: 'elsewhere' } })),
    ],
    [
      'for somebody who decides nothing any more',
      SUPPRESSED.notAMember,
      (db, { userId }) => db.write((tx) => tx.membership.updateMany({ where: { userId }, data: { role: 'reader' } })),
    ],
    ['for an account that is gone', SUPPRESSED.notAMember, (db, { userId }) => db.write((tx) => tx.user.delete({ where: { id: userId } }))],
    [
      'of a kind that only a newer version knows',
      SUPPRESSED.unknownKind,
      (db) => db.write((tx) => tx.delivery.updateMany({ data: { kind: 'comment.praised' } })),
    ],
  ])('is not sent when it is %s meanwhile', async (_name, outcome, meanwhile) => {
    const db = await open()
    await meanwhile(db, await heldComment(db))
    const { mails, rows } = await deliver(db)
    expect(mails).toEqual([])
    expect(rows).toMatchObject([{ state: 'suppressed', outcome }])
  })

  it.each(['published', 'dropped', 'superseded'])('is not sent about an edit that was %s meanwhile', async (state) => {
    const db = await open()
    const { comment, site, userId } = await heldComment(db)
    const revision = await makeRevision(db, { commentId: comment.id })
    await db.write(async (tx) => {
      await tx.delivery.deleteMany()
      await tx.revision.update({ where: { id: revision.id }, data: { state } })
    })
    await makeDeliveries(db, { siteId: site.id, commentId: comment.id, kind: 'edit.held', subjectId: revision.id, userIds: [userId] })
    expect(await deliver(db)).toMatchObject({ mails: [], rows: [{ state: 'suppressed', outcome: SUPPRESSED.decided }] })
  })

  it('fails visibly when the account’s address is not one address', async () => {
    const db = await open()
    const { userId } = await heldComment(db)
    await db.write((tx) => tx.user.update({ where: { id: userId }, data: { email: 'a@b.example, c@d.example' } }))
    expect(await deliver(db)).toMatchObject({ mails: [], rows: [{ state: 'failed', outcome: 'The recipient is not one e-mail address.' }] })
  })
})

describe('why a comment waits', () => {
  const submission = {
    name: 'Siti',
    email: 'siti@x.example',
    website: null,
    title: null,
    url: 'https://news.example/obat',
    body: 'Beli obat',
    html: '<p>Beli obat</p>',
    links: 3,
    honeypot: '',
    authorIsKnown: false,
    isEdit: false,
  }
  const rules = { mode: 'hold-all' as const, maxLinks: 2, holdWords: ['obat'], rejectWords: [], judging: { disguise: 'hold' as const } }
  const reasons = (
    locale: string,
    changes: { submission?: Partial<typeof submission>; rules?: Partial<{ mode: 'hold-all' | 'hold-first'; holdWords: string[] }> } = {},
  ) =>
    reasonTexts({
      t: translator(locale),
      verdicts: judge({ submission: { ...submission, ...changes.submission }, rules: { ...rules, ...changes.rules } }).verdicts,
    })

  it('is said in the site’s language for every check that holds', () => {
    expect(reasons('id')).toEqual([
      'Berisi “obat”, kata yang ditahan situs ini.',
      'Berisi 3 tautan (ditahan mulai 2).',
      'Situs ini menahan setiap komentar.',
    ])
    expect(reasons('en')).toEqual([
      'It contains “obat”, a word that this site holds.',
      'It contains 3 links (held from 2).',
      'This site holds every comment.',
    ])
    const first = reasons('id', { submission: { links: 0 }, rules: { mode: 'hold-first', holdWords: ['siti@'] } })
    expect(first).toEqual(['Alamat email berisi kata yang ditahan situs ini.', 'Ini komentar pertama penulis ini dari peramban ini.'])
    expect(reasons('id', { submission: { links: 0, isEdit: true }, rules: { mode: 'hold-first', holdWords: [] } })).toEqual([
      'Komentar ini disunting.',
    ])
  })

  it('is said for a check that failed, and in its own words for one that is not known', () => {
    const t = translator('id')
    expect(reasonTexts({ t, verdicts: [{ check: CHECKS[0]?.name ?? '', outcome: 'hold', reason: 'the check failed' }] })).toEqual([
      'Salah satu pemeriksaan tidak dapat diselesaikan.',
    ])
    expect(reasonTexts({ t, verdicts: [{ check: 'moon', outcome: 'hold', reason: 'it is full moon' }] })).toEqual(['it is full moon'])
    expect(reasonTexts({ t, verdicts: [{ check: 'site-mode', outcome: 'pass', reason: 'this site holds every comment' }] })).toEqual([])
  })
})
