import { writeFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface BlogPost {
  id: number
  title: string
  link: string
  guid?: string
  date?: string
  dateGmt?: string
  status?: string
  name?: string
  type?: string
  oldNames?: string[]
  comments?: BlogComment[]
}

interface BlogComment {
  id: number
  author: string
  date: string
  dateGmt: string
  parent?: number
  /** Its id with us, which WordPress keeps among its meta. */
  balasId?: string
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** A blog's own export in the shape in which WordPress 6 writes it. */
export function wordpressExport(posts: BlogPost[], { root = 'https://blog.example' } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.8" created="2026-03-09 03:00" -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>Blog</title>
	<link>${root}</link>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>${root}</wp:base_site_url>
	<wp:base_blog_url>${root}</wp:base_blog_url>
	<generator>https://wordpress.org/?v=6.8</generator>
${posts.map(item).join('')}</channel>
</rss>
`
}

const item = ({
  id,
  title,
  link,
  guid = `https://blog.example/?p=${id}`,
  name = '',
  oldNames = [],
  comments = [],
  ...post
}: BlogPost) => `	<item>
		<title>${cdata(title)}</title>
		<link>${link}</link>
		<dc:creator>${cdata('sari')}</dc:creator>
		<guid isPermaLink="false">${guid}</guid>
		<description></description>
		<content:encoded>${cdata('<p>Isi yang panjang ]]> sekali</p>')}</content:encoded>
		<wp:post_id>${id}</wp:post_id>
		<wp:post_date>${cdata(post.date ?? '2026-02-01 09:00:00')}</wp:post_date>
		<wp:post_date_gmt>${cdata(post.dateGmt ?? '2026-02-01 02:00:00')}</wp:post_date_gmt>
		<wp:comment_status>${cdata('open')}</wp:comment_status>
		<wp:post_name>${cdata(name)}</wp:post_name>
		<wp:status>${cdata(post.status ?? 'publish')}</wp:status>
		<wp:post_type>${cdata(post.type ?? 'post')}</wp:post_type>
${oldNames.map((old) => `		<wp:postmeta><wp:meta_key>${cdata('_wp_old_slug')}</wp:meta_key><wp:meta_value>${cdata(old)}</wp:meta_value></wp:postmeta>\n`).join('')}${comments.map(comment).join('')}	</item>
`

const comment = ({ id, author, date, dateGmt, parent = 0, balasId }: BlogComment) => `		<wp:comment>
			<wp:comment_id>${id}</wp:comment_id>
			<wp:comment_author>${cdata(author)}</wp:comment_author>
			<wp:comment_date>${cdata(date)}</wp:comment_date>
			<wp:comment_date_gmt>${cdata(dateGmt)}</wp:comment_date_gmt>
			<wp:comment_content>${cdata('Isi')}</wp:comment_content>
			<wp:comment_approved>${cdata('1')}</wp:comment_approved>
			<wp:comment_type>${cdata('comment')}</wp:comment_type>
			<wp:comment_parent>${parent}</wp:comment_parent>
			<wp:comment_user_id>0</wp:comment_user_id>
${balasId === undefined ? '' : `			<wp:commentmeta><wp:meta_key>${cdata('balas_id')}</wp:meta_key><wp:meta_value>${cdata(balasId)}</wp:meta_value></wp:commentmeta>\n`}		</wp:comment>
`

/** A folder of its own with the export in it. */
export async function onDisk(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'balas-posts-'))
  const file = join(folder, 'wordpress.xml')
  await writeFile(file, text)
  return { file, indexFile: join(folder, 'posts.index') }
}
