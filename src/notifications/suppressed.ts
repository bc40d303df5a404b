/** Why a mail is not sent, as the outbox keeps it; the moderators' page says it in their language. */
export const SUPPRESSED = {
  unknownKind: 'this version knows no such event',
  notAMember: 'the recipient is no longer a moderator of the site',
  notAnOwner: 'the recipient is no longer an owner of the site',
  unwanted: 'the recipient does not want such mails any more',
  quietWeek: 'nothing happened in that week',
  sentAgain: 'the mails that failed were sent again',
  gone: 'the comment is gone',
  decided: 'it was decided before the mail was sent',

  takenBack: 'the decision was changed before the mail was sent',
  switchedOff: 'the site does not tell readers of it any more',
  readerGone: 'the reader is not known any more',
  notFollowing: 'the reader did not ask for mails about this comment',
  unconfirmed: 'the reader has not confirmed the address',
  confirmed: 'the reader has confirmed the address already',
  stopped: 'the reader wants no such mails any more',
  bounced: 'mails to this address came back',
  askedToday: 'the address was asked to confirm within the last 24 hours',
  tooMany: 'the address got as many mails as it may get in 24 hours',

  invitationGone: 'the invitation or membership is gone',
  newerLink: 'a newer link is on its way',
  noAccount: 'there is no such account',
  linkRunOut: 'the link would have run out',
} as const

type Why = keyof typeof SUPPRESSED

/** Which of the reasons a text from the outbox is; undefined for what a mail server said. */
export const whySuppressed = (outcome: string): Why | undefined =>
  (Object.keys(SUPPRESSED) as Why[]).find((why) => SUPPRESSED[why] === outcome)
