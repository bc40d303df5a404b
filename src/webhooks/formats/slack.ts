import type { HookFormat } from './format.ts'
import { wordsOf } from './words.ts'

/** For an incoming webhook of Slack, or of Mattermost, which takes the same. */
export const slack: HookFormat = (news) => {
  const { heading, author, text, article, link } = wordsOf(news)
  const about = author === null || article === null ? [] : [`${plain(author)} – ${plain(article)}`]
  const said = text === null ? [] : text.split('\n').map((line) => `> ${plain(line)}`)
  return { text: [`*${plain(heading)}*`, ...about, ...said, `<${link.href}|${plain(link.text)}>`].join('\n'), unfurl_links: false }
}

/**
 * Text that stays text: the three signs that open links, mentions and entities are escaped as Slack asks, and no-width spaces part
 * what would be a mention of everybody in Mattermost, or markup.
 */
const plain = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@*_~`[\]!#|]/g, '$&\u200b')
