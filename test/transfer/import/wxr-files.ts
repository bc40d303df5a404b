/** A comment as WordPress writes it, with what tests tell apart. */
export interface WxrComment {
  id: number | string
  author?: string
  email?: string
  text?: string
  approved?: string
  parent?: number | string
  at?: string
}

/** A post with its comments. */
export interface WxrItem {
  id: number | string
  link: string
  title?: string
  status?: string | null
  password?: string
  /** The post that it belongs to. */
  post?: number
  type?: string
  comments?: WxrComment[]
}

/** A WordPress export in the order of elements in which WordPress writes them. */
export const wxrFile = (items: WxrItem[], blog: string | null = 'https://news.example') => `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title><link>${blog ?? 'https://news.example'}</link>
${blog === null ? '' : `<wp:base_site_url>${blog}</wp:base_site_url><wp:base_blog_url>${blog}</wp:base_blog_url>`}
${items.map(itemOf).join('\n')}
</channel></rss>
`

const itemOf = ({
  id,
  link,
  title = `Artikel ${id}`,
  status = 'publish',
  password = '',
  type = 'post',
  post = 0,
  comments = [],
}: WxrItem) =>
  `<item><title><![CDATA[${title}]]></title><link>${link}</link><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt>
${status === null ? '' : `<wp:status>${status}</wp:status>`}<wp:post_parent>${post}</wp:post_parent><wp:post_type>${type}</wp:post_type><wp:post_password><![CDATA[${password}]]></wp:post_password>
${comments.map(commentOf).join('\n')}</item>`

const commentOf = ({
  id,
  author = 'Ani',
  email = '',
  text = `Komentar ${id}`,
  approved = '1',
  parent = 0,
  at = '2020-01-01 00:00:00',
}: WxrComment) =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[${author}]]></wp:comment_author>
<wp:comment_author_email>${email}</wp:comment_author_email><wp:comment_date_gmt>${at}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved>${approved}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`
