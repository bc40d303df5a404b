/** Reports as mail servers write them about a mail that did not arrive (RFC 3464), after the habits of each. */
interface Told {
  messageId: string
  recipient: string
  action?: string
  status?: string
  diagnostic?: string
  original?: string
}

const lines = (...all: string[]) => all.join('\r\n')

const report = ({ from, type, status, original }: { from: string; type: string; status: string[]; original: string[] }) =>
  lines(
    'Return-Path: <>',
    `From: ${from}`,
    'To: balas@warta.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
    '',
    '--=_b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '',
    '--=_b',
    'Content-Type: message/delivery-status',
    '',
    ...status,
    '',
    '--=_b',
    `Content-Type: ${type}`,
    '',
    ...original,
    '',
    '--=_b--',
    '',
  )

export const postfix = ({
  messageId,
  recipient,
  action = 'failed',
  status = '5.1.1',
  diagnostic = '550 5.1.1 no such user',
  original,
}: Told) =>
  report({
    from: 'MAILER-DAEMON@mx.warta.example (Mail Delivery System)',
    type: 'message/rfc822',
    status: [
      'Reporting-MTA: dns; mx.warta.example',
      'X-Postfix-Queue-ID: 4XyZ1',
      'Arrival-Date: Thu, 18 Dec 2025 12:00:00 +0700 (WIB)',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      ...(original === undefined ? [] : [`Original-Recipient: rfc822;${original}`]),
      `Action: ${action}`,
      `Status: ${status}`,
      'Remote-MTA: dns; mx.pembaca.example',
      `Diagnostic-Code: smtp;`,
      `    ${diagnostic}`,
    ],
    original: [
      'From: Balas <balas@warta.example>',
      `Message-ID: ${messageId}`,
      'Subject: Komentar',
      'Content-Type: text/plain',
      '',
      'Ada komentar.',
    ],
  })

export const gmail = ({ messageId, recipient }: Told) =>
  report({
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    type: 'message/rfc822',
    status: [
      'Reporting-MTA: dns; googlemail.com',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.',
      ' 550 5.1.1 See the help.',
      'Last-Attempt-Date: Thu, 18 Dec 2025 05:00:00 -0800 (PST)',
    ],
    original: [`Message-ID:`, ` ${messageId}`, 'Subject: Komentar', '', 'Ada komentar.'],
  })

/** Exchange sends the headers alone, and its codes without a diagnostic at times. */
export const exchange = ({ messageId, recipient }: Told) =>
  report({
    from: 'postmaster@kantor.example',
    type: 'text/rfc822-headers',
    status: [
      'Reporting-MTA: dns;mail.kantor.example',
      '',
      `Final-recipient: RFC822;${recipient.toUpperCase()}`,
      'Action: failed',
      'Status: 5.1.10',
    ],
    original: [`Message-ID: ${messageId}`, 'Subject: Komentar'],
  })

/** Older versions of Exim: no report, but a field, and the mail below a line. */
export const exim = ({ messageId, recipient }: Told) =>
  lines(
    'Return-path: <>',
    `X-Failed-Recipients: ${recipient}`,
    'Auto-Submitted: auto-replied',
    'From: Mail Delivery System <Mailer-Daemon@mx.warta.example>',
    'To: balas@warta.example',
    'Subject: Mail delivery failed: returning message to sender',
    '',
    'This message was created automatically by mail delivery software.',
    '',
    '------ This is a copy of the message, including all the headers. ------',
    '',
    'From: Balas <balas@warta.example>',
    `Message-ID: ${messageId}`,
    '',
    'Ada komentar.',
    '',
  )
