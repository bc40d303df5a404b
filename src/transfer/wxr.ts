import type { ByThread } from './format.ts'
import type { CommentRecord } from './records.ts'
import { slugOf, wordpressTime } from './wordpress.ts'
import { cdata, escaped } from './xml.ts'

/**
 * What is not in a WXR, by the names of the full format: WordPress has no place for it. The README has the same list.
 */
export const NOT_IN_WXR = [
  'thread.createdAt below a second',
  'comment.version',
  'comment.body',
  'comment.pageTitle',
  'comment.sanitizer',
  'comment.createdAt below a second',
  'comment.editedAt',
  'comment.moderatorId',
  'comment.verdicts',
  'comment.reports',
  'comment.revisions',
  'comment.history',
  'comments with the status removed',
  'characters that XML 1.0 forbids',
] as const

const LOGIN = 'balas'
const NAMESPACES = [
  'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:wfw="http://wellformedweb.org/CommentAPI/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:wp="http://wordpress.org/export/1.2/"',
].join(' ')
const APPROVED: Partial<Record<CommentRecord['status'], string>> = { approved: '1', pending: '0', spam: 'spam', rejected: 'trash' }

/**
 * WordPress's own export format, WXR 1.2: a post for each thread, without a text, and its comments. Comments are numbered as WordPress
 * needs it; `balas_id` among a comment's and a post's meta is the id they have here. A comment's text is the sanitised markup,
 * since WordPress's importer may take any markup that an administrator brings.
 */
export const wxr: ByThread = {
  order: 'threads',
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  resumes: true,
  open: ({ site }) => {
    const time = wordpressTime(site.timeZone)
    const blog = escaped(site.origin ?? '')
    return {
      begin: () => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" ${NAMESPACES}>
<channel>
<title>${escaped(site.name)}</title>
<link>${blog}</link>
<description></description>
<language>${escaped(site.locale)}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>${blog}</wp:base_site_url>
<wp:base_blog_url>${blog}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>${cdata(LOGIN)}</wp:author_login><wp:author_email></wp:author_email><wp:author_display_name>${cdata(site.name)}</wp:author_display_name><wp:author_first_name></wp:author_first_name><wp:author_last_name></wp:author_last_name></wp:author>
<generator>Balas</generator>
`,
      beginThread: ({ id, url, title, open, createdAt, number, post }) => `<item>
<title>${cdata(post?.title ?? title ?? url)}</title>
<link>${escaped(url)}</link>
<pubDate>${time.rfc822(createdAt)}</pubDate>
<dc:creator>${cdata(LOGIN)}</dc:creator>
<guid isPermaLink="false">${escaped(url)}</guid>
<description></description>
<content:encoded></content:encoded>
<excerpt:encoded></excerpt:encoded>
<wp:post_id>${number}</wp:post_id>
<wp:post_date>${escaped(post?.date ?? time.local(createdAt))}</wp:post_date>
<wp:post_date_gmt>${escaped(post?.dateGmt ?? time.utc(createdAt))}</wp:post_date_gmt>
<wp:comment_status>${open ? 'open' : 'closed'}</wp:comment_status>
<wp:ping_status>closed</wp:ping_status>
<wp:post_name>${cdata(post ? post.name : slugOf(url) || `thread-${number}`)}</wp:post_name>
<wp:status>${escaped(post === null ? 'draft' : (post?.status ?? 'publish'))}</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type>${escaped(post?.type ?? 'post')}</wp:post_type>
<wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
${post ? '' : `<wp:postmeta><wp:meta_key>balas_id</wp:meta_key><wp:meta_value>${cdata(id)}</wp:meta_value></wp:postmeta>\n`}${title === null && !post ? `<wp:postmeta><wp:meta_key>balas_untitled</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>\n` : ''}`,
      comment: ({ id, status, author, html, createdAt }, { number, parent, ip, existing, createdAt: at = createdAt }) => `<wp:comment>
<wp:comment_id>${number}</wp:comment_id>
<wp:comment_author>${cdata(existing?.author ?? author.name)}</wp:comment_author>
<wp:comment_author_email>${cdata(author.email ?? '')}</wp:comment_author_email>
<wp:comment_author_url>${cdata(author.website ?? '')}</wp:comment_author_url>
<wp:comment_author_IP>${escaped(ip ?? '')}</wp:comment_author_IP>
<wp:comment_date>${escaped(existing?.date ?? time.local(at))}</wp:comment_date>
<wp:comment_date_gmt>${escaped(existing?.dateGmt ?? time.utc(at))}</wp:comment_date_gmt>
<wp:comment_content>${cdata(html)}</wp:comment_content>
<wp:comment_approved>${APPROVED[status] ?? 'trash'}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>${parent}</wp:comment_parent>
<wp:comment_user_id>0</wp:comment_user_id>
<wp:commentmeta><wp:meta_key>balas_id</wp:meta_key><wp:meta_value>${cdata(id)}</wp:meta_value></wp:commentmeta>
</wp:comment>
`,
      endThread: () => '</item>\n',
      end: () => '</channel>\n</rss>\n',
    }
  },
}
