import type { HookFormat } from './format.ts'
import { wordsOf } from './words.ts'

/** For a Telegram bot's `sendMessage`: plain text, so that nothing in a comment can be markup. */
export const telegram: HookFormat = (news, { chat }) => {
  const { heading, author, text, article, link } = wordsOf(news)
  const about = author === null || article === null ? [] : [`${author} – ${article}`]
  const said = text === null ? [] : [text]
  return {
    chat_id: chat,
    text: [heading, ...about, ...said, link.href].join('\n\n'),
    link_preview_options: { is_disabled: true },
  }
}
