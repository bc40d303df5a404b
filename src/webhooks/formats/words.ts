import { translator } from '../../locales/index.ts'
import { oneLine, readableUrl, shorten } from '../../mail/text.ts'
import type { HookNews } from './format.ts'

const NAME_LENGTH = 80
const TEXT_LENGTH = 600

/** What a chat is told, in the site's language and as plain text: each chat escapes it in its own way. */
export function wordsOf({ event, site, comment, adminUrl }: HookNews) {
  const t = translator(site.locale)
  return {
    heading: `${oneLine(site.name)}: ${t(`webhook.${event}`)}`,
    author: comment && shorten(oneLine(comment.author.name), NAME_LENGTH),
    text: comment && shorten(comment.body.trim(), TEXT_LENGTH),
    article: comment && (oneLine(comment.thread.title ?? '') || readableUrl(comment.thread.url)),
    link: { text: t('webhook.open'), href: adminUrl },
  }
}
