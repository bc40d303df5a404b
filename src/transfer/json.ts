import type { ByRecord } from './format.ts'

/**
 * The same records as one JSON document, for programs that read a file whole:
 * `{ "format", "version", "emails", "filter", "snapshot", "threads": [...], "comments": [...], "count" }`.
 */
export const json: ByRecord = {
  order: 'records',
  extent: 'all',
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  resumes: true,
  open: ({ header }) => {
    let part: 'threads' | 'comments' = 'threads'
    let empty = true
    const item = (record: object) => {
      const before = empty ? '\n' : ',\n'
      empty = false
      return before + JSON.stringify(record)
    }
    const turnToComments = () => {
      if (part === 'comments') return ''
      part = 'comments'
      empty = true
      return '\n],\n"comments":['
    }
    return {
      begin: () => `${JSON.stringify(header).slice(0, -1)},\n"threads":[`,
      thread: item,
      comment: (comment) => turnToComments() + item(comment),
      end: ({ count }) => `${turnToComments()}\n],\n"count":${count}}\n`,
    }
  },
}
