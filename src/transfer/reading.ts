import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import type { ExportedSite } from './format.ts'
import type { FormatName } from './formats.ts'
import type { Selection } from './selection.ts'
import type { Snapshot } from './thread-store.ts'

/** Plain data, so that it can be handed to the worker. */
export interface ExportOptions extends Selection {
  site: ExportedSite
  format: FormatName
  /** How far it goes: comments that came later are not in it. */
  upTo: Snapshot
  /** Opens the sealed e-mail addresses, and for WordPress the IP addresses; without it the file holds none. */
  emails: boolean
  /** Begins a CSV with a byte order mark, for Excel. */
  bom?: boolean | undefined
  /** The file of an index of the posts that WordPress has (leaving/index-posts.ts): comments go to these. Used up by the reading. */
  posts?: string | undefined
  /** Leaves out everything up to this comment's end: the rest of a file that broke off there. */
  after?: string | undefined
}

/** What an export reads, and what of it is wanted. */
export interface Reading {
  db: Pick<Database, 'read' | 'rows'>
  keys: Keys
  options: ExportOptions
  /** Told how many comments have been read. */
  onComments?: ((count: number) => void) | undefined
}

/** As the header has it and a later request gives it back. */
export const snapshotText = ({ thread, comment }: Snapshot): string => `${thread ?? ''}/${comment ?? ''}`

/** @returns null when it is no snapshot */
export function snapshotOf(text: string): Snapshot | null {
  const parts = /^([0-9a-f-]{36})?\/([0-9a-f-]{36})?$/.exec(text)
  return parts && { thread: parts[1] ?? null, comment: parts[2] ?? null }
}
