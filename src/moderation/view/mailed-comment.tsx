import { SanitisedHtml, Timestamp, WebLink, readableAddress } from '../../http/page-parts.tsx'
import type { Speech, Translate } from '../../locales/index.ts'

/** The comment that a mailed link is about. */
export interface MailedComment {
  article: { url: string; title: string | null }
  author: { name: string; website: string | null }
  /** Masked for whoever may not see it whole. */
  email: string | null
  createdAt: string
  html: string
  /** As it was typed; shown when it says more than the page will. */
  body: string
  /** Why it was held, in the reader's language. */
  reasons: string[]
}

/** The text as readers will see it, as it was typed where that differs, and why it was held. */
export function CommentText({ comment, t }: { comment: MailedComment; t: Translate }) {
  const { author, html, body, reasons } = comment
  return (
    <>
      <h2 class="label">{t('decide.text')}</h2>
      <div class="sample">
        <p class="soft">
          <WebLink href={author.website ?? ''} rel={AWAY}>
            <bdi>{author.name}</bdi>
          </WebLink>
        </p>
        <SanitisedHtml html={html} />
      </div>
      {isSameText({ html, body }) || (
        <>
          <h2 class="label">{t('decide.typed')}</h2>
          <p class="typed" dir="auto">
            {body}
          </p>
        </>
      )}
      {reasons.length > 0 && (
        <>
          <h2 class="label">{t('decide.reasons')}</h2>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Where the comment comes from. */
export function CommentFacts({ comment: { article, author, email, createdAt }, speech }: { comment: MailedComment; speech: Speech }) {
  const { t } = speech
  return (
    <>
      <h2 class="label">{t('decide.about')}</h2>
      <dl class="facts">
        <dt>{t('decide.article')}</dt>
        <dd>
          <ArticleLink article={article} />
        </dd>
        <dt>{t('decide.author')}</dt>
        <dd>
          <bdi>{author.name}</bdi>
        </dd>
        {author.website && <dt>{t('decide.website')}</dt>}
        {author.website && (
          <dd>
            <WebLink href={author.website} rel={AWAY}>
              {readableAddress(author.website)}
            </WebLink>
          </dd>
        )}
        {email && <dt>{t('decide.email')}</dt>}
        {email && (
          <dd>
            <bdi dir="ltr">{email}</bdi>
          </dd>
        )}
        <dt>{t('decide.sent')}</dt>
        <dd>
          <Timestamp at={createdAt} speech={speech} />
        </dd>
      </dl>
    </>
  )
}

/** The article's title, leading to it. */
export const ArticleLink = ({ article }: { article: MailedComment['article'] }) => (
  <WebLink href={article.url} rel={AWAY}>
    {article.title === null ? readableAddress(article.url) : <bdi>{article.title}</bdi>}
  </WebLink>
)

/** No referrer: this page's address is what lets its holder decide. */
const AWAY = 'noreferrer nofollow ugc noopener'

/** Whether the markup shows just what was typed, line breaks and spaces aside. */
function isSameText({ html, body }: Pick<MailedComment, 'html' | 'body'>): boolean {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
  return bare(text) === bare(body)
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
const bare = (text: string) => text.replace(/\s+/g, '')
