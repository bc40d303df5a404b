import { describe, expect, it } from '@jest/globals'
import { readBounce } from '../../src/mail/bounce.ts'
import { exchange, exim, gmail, postfix } from './bounces.ts'

const messageId = '<0193d9a0-0000-7000-8000-000000000001@warta.example>'
const recipient = 'budi@pembaca.example'
const read = (source: string) => readBounce(Buffer.from(source))

describe('a mail that came back', () => {
  it.each([
    ['Postfix', postfix({ messageId, recipient }), '5.1.1', '550 5.1.1 no such user'],
    [
      'Gmail',
      gmail({ messageId, recipient }),
      '5.1.1',
      '550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 See the help.',
    ],
    ['Exchange', exchange({ messageId, recipient }), '5.1.10', '5.1.10'],
    ['Exim', exim({ messageId, recipient }), '5.0.0', 'the mail server gave it back'],
  ])('is understood from %s', async (_server, source, status, reason) => {
    expect(await read(source)).toEqual({
      messageIds: [messageId],
      recipients: [{ addresses: [recipient], action: 'failed', status, reason }],
    })
    expect(await read(source.replaceAll('\r\n', '\n'))).toMatchObject({ messageIds: [messageId], recipients: [{ status }] })
  })

  it('tells the address that we wrote to beside the one that it was passed on to', async () => {
    const bounce = await read(postfix({ messageId, recipient: 'lain@tujuan.example', original: recipient }))
    expect(bounce?.recipients[0]?.addresses).toEqual(['lain@tujuan.example', recipient])
  })

  it('is told from one that is only late', async () => {
    const source = postfix({ messageId, recipient, action: 'delayed', status: '4.4.1', diagnostic: 'connection timed out' })
    expect((await read(source))?.recipients).toMatchObject([{ action: 'delayed', status: '4.4.1', reason: 'connection timed out' }])
  })

  it.each([
    ['a report of success', postfix({ messageId, recipient, action: 'delivered', status: '2.0.0' })],
    ['an absence notice', `From: budi@pembaca.example\r\nIn-Reply-To: ${messageId}\r\nAuto-Submitted: auto-replied\r\n\r\nSaya cuti.\r\n`],
    ['nothing', ''],
    ['noise', '\0\xff--=_b\r\n\r\n'],
  ])('is not %s', async (_what, source) => {
    expect(await read(source)).toBeNull()
  })
})
