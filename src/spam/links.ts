import { fold } from './fold.ts'
import type { Check, Submission } from './verdict.ts'

/**
 * Holds a comment with many links: as in WordPress the website field does not count, and 0 turns the check off.
 *
 * Counted are the links that readers would get, and those that the sender meant but the sanitiser left as text: BBCode
 * (`[url=…]`, which spam programs post side by side with HTML) and URLs spelt `hxxp://`, in full-width letters, or beyond the number
 * of links that are made clickable.
 */
export const links: Check = {
  name: 'links',
  judge({ submission, rules }) {
    if (rules.maxLinks <= 0) return null
    const count = countLinks(submission)
    if (count < rules.maxLinks) return null
    const found = count === 1 ? '1 link' : `${count} links`
    const reason = `${found}, ${rules.maxLinks} or more are held`
    return { check: 'links', outcome: 'hold', code: 'links', reason, facts: { links: count, maxLinks: rules.maxLinks } }
  },
}

function countLinks({ html, links: clickable }: Submission): number {
  const outsideLinks = fold(html.replace(LINK, ' ').replace(/<[^>]*>/g, ''))
  // `[url=http://…]http://…[/url]` is one link: what stands behind `=` or `]` is counted by its bracket.
  return clickable + (outsideLinks.match(BBCODE)?.length ?? 0) + (outsideLinks.match(URL_AS_TEXT)?.length ?? 0)
}

/** Sanitised links hold no links, so the next `</a>` is theirs. */
const LINK = /<a [^>]*>[^]*?<\/a>/g

const BBCODE = /\[(?:url|link|img)(?:=|\] ?(?:h(?:tt|xx)ps?:|www\.))/g

const URL_AS_TEXT = /(?:(?<![=\]])h(?:tt|xx)ps?:\/\/|(?<![\w@./=\]-])www\.)[^\s<>"]/g
