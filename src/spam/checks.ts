import { disguise } from './disguise.ts'
import { honeypot } from './honeypot.ts'
import { links } from './links.ts'
import { ownAddress } from './own-address.ts'
import { siteMode } from './site-mode.ts'
import type { Check } from './verdict.ts'
import { holdWords, rejectWords } from './words.ts'

/**
 * What refuses a comment before it is judged, so that nothing is stored: a closed article and a ban (403), the same comment again (409), the
 * next one within the site's seconds (429); all in comments/submission-context.ts. The limit of a network (429) stands before them
 * (http/limits.ts).
 *
 * Every rule a new comment is judged by, in the order in which moderators read the verdicts: the surest first.
 * All of them run, and the most severe outcome decides (spam, reject, hold, approve), so the order changes no status.
 * To add one: write a file with a `Check`, put it here, say in a line when it speaks.
 */
export const CHECKS: readonly Check[] = [
  honeypot, //    spam     the hidden field, which people cannot see, was filled in
  ownAddress, //  hold     text, title, website or the article's address holds the author's own e-mail address
  rejectWords, // reject   name, e-mail, website or text holds a word of the site's reject list
  holdWords, //   hold     … or of its hold list
  disguise, //    hold     letters are disguised or spelled apart; spam where the site says so
  links, //       hold     as many links as the site holds, or more
  siteMode, //    hold or approve: what the site does with a comment that nothing above stopped
]
