import type { Sums, ThreadLanding } from './landings.ts'

/** A thread's landing as a line for people. Marks of terminals in a title are taken out: titles are strangers' words. */
export function describeLanding({ url, comments, existing, post, by }: ThreadLanding): string {
  const what = `${counted(comments, 'comment')}${existing > 0 ? `, ${existing} of them there already` : ''}`
  if (!post) return `${plain(url)} -> nowhere: comes as a draft of its own (${what})`
  const how = by === 'comments' ? ', told by comments that came from it' : ''
  return `${plain(url)} -> ${plain(post.type)} ${post.id} "${plain(post.title)}", ${plain(post.status)}${how} (${what})`
}

export const describeSums = ({ landed, drafts, comments, existing }: Sums): string =>
  `${counted(landed, 'thread')} on WordPress's posts, ${counted(drafts, 'thread')} on none; ${counted(comments, 'comment')}, ${existing} of them there already`

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

const plain = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ')
