/** A discussion with the ids of its posts. */
export interface DisqusThread {
  id: number
  link: string
  posts: number[]
}

/** A Disqus export, threads before posts as Disqus writes it. */
export const disqusFile = (threads: DisqusThread[], forum = 'berita') => `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
${threads.map((thread) => threadOf(thread, forum)).join('\n')}
${threads.flatMap(({ id, posts }) => posts.map((post) => postOf(post, id))).join('\n')}
</disqus>
`

const threadOf = ({ id, link }: DisqusThread, forum: string) =>
  `<thread dsq:id="${id}"><id>t${id}</id><forum>${forum}</forum><link>${link}</link><title>Diskusi ${id}</title><createdAt>2020-01-01T00:00:00Z</createdAt><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>`

const postOf = (id: number, thread: number) =>
  `<post dsq:id="${id}"><id/><message><![CDATA[<p>Pesan ${id}</p>]]></message><createdAt>2020-01-02T00:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ani</name><isAnonymous>true</isAnonymous></author><thread dsq:id="${thread}"/></post>`
