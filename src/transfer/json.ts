import type { ByRecord } from './format.ts'

/**
 * The same records as one JSON document, for programs that read a file whole:
 * `{ "format", "version", "emails", "filter", "snapshot", "threads": [...], "comments": [...], "externals": [...], "redirects": [...], "count" }`;
 * the two before the last of a whole history only.
 */
export const json: ByRecord = {
  order: 'records',
  extent: 'all',
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  resumes: true,
  open: ({ header }) => {
    let part = 'threads'
    let empty = true
    const item = (record: object) => {
      const before = empty ? '\n' : ',\n'
      empty = false
      return before + JSON.stringify(record)
    }
    /** Ends the list before, where another one begins; a list of comments is always there. */
    const turnTo = (next: string): string => {
      if (part === next) return ''
      const before = part === 'threads' && next !== 'comments' ? turnTo('comments') : ''
      part = next
      empty = true
      return `${before}\n],\n${JSON.stringify(next)}:[`
    }
    return {
      begin: () => `${JSON.stringify(header).slice(0, -1)},\n"threads":[`,
      thread: item,
      comment: (comment) => turnTo('comments') + item(comment),
      external: (external) => turnTo('externals') + item(external),
      redirect: (redirect) => turnTo('redirects') + item(redirect),
      end: ({ count }) => `${part === 'threads' ? turnTo('comments') : ''}\n],\n"count":${count}}\n`,
    }
  },
}
