import type { Readable } from 'node:stream'
import type { Status } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import { InvalidFields } from '../errors.ts'
import type { KeptFiles } from '../files/kept-files.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { createKeptExports } from './kept-exports.ts'
import { type ExportOptions, snapshotOf, snapshotText } from './reading.ts'
import { contentTypeOf, fileNameOf, type FormatName, formatOf } from './formats.ts'
import { startOf, type Selection } from './selection.ts'
import { newestComment } from './store.ts'
import { isCommentOf, newestThread, threadByKey } from './thread-store.ts'

/** What somebody asks for. */
export interface ExportRequest {
  format: FormatName
  emails: boolean
  bom?: boolean | undefined
  status?: Status | undefined
  since?: Date | undefined
  until?: Date | undefined
  /** The address of one article. */
  url?: string | undefined
  /** The id of the last comment that came whole, and the snapshot of the export that broke off. */
  after?: string | undefined
  snapshot?: string | undefined
}

export type Exports = ReturnType<typeof createExports>

/** A site's history as a file, for whoever asks: the API, a command, the schedule. */
export function createExports({
  db,
  sites,
  longReads,
  files,
}: {
  db: Database
  sites: Sites
  /** Reads a history in a worker. */
  longReads: { exportSite: (options: ExportOptions) => Readable }
  files: KeptFiles
}) {
  /** @throws InvalidFields naming the wish that cannot be */
  const plan = async (site: Site, { url, after, snapshot, ...wish }: ExportRequest): Promise<ExportOptions> => {
    const isPublic = formatOf(wish.format).order === 'archive'
    if (isPublic && wish.emails) throw invalid('emails', 'cannot be in an archive, which holds what readers see')
    if (isPublic && wish.status !== undefined && wish.status !== 'approved')
      throw invalid('status', 'must be approved in an archive, which holds what readers see')
    const selection: Selection = { siteId: site.id, status: isPublic ? 'approved' : wish.status, since: wish.since, until: wish.until }
    if (url !== undefined) selection.thread = await threadAt(site, url)
    const options = {
      ...selection,
      format: wish.format,
      emails: wish.emails,
      bom: wish.bom,
      site: {
        name: site.name,
        locale: site.locale,
        timeZone: site.settings.timeZone,
        origin: site.allowedOrigins[0] ?? null,
        maxDepth: site.settings.maxDepth,
      },
    }
    if (after === undefined) {
      if (snapshot !== undefined) throw invalid('after', 'is needed with snapshot')
      return { ...options, upTo: { thread: await newestThread(db, selection), comment: await newestComment(db, selection) } }
    }
    if (!formatOf(wish.format).resumes) throw invalid('after', 'cannot go on with this format; take the whole file again')
    const upTo = snapshotOf(snapshot ?? '')
    if (!upTo) throw invalid('snapshot', 'is needed with after, as the header of the first part has it')
    const isThere = after > startOf(selection) && after <= (upTo.comment ?? '') && (await isCommentOf(db, { selection, id: after }))
    if (!isThere) throw invalid('after', 'is not a comment of this export; take the whole file again')
    return { ...options, upTo, after }
  }

  const threadAt = async (site: Site, url: string) => {
    const thread = await threadByKey(db.read, { siteId: site.id, key: sites.article(site, url).key })
    if (!thread) throw invalid('url', 'has no comments')
    return thread
  }

  return {
    plan,
    /** Those that the schedule keeps. */
    kept: createKeptExports({ files }),
    /** Begins an export; nothing is read before the stream is. @throws InvalidFields */
    async begin(site: Site, wish: ExportRequest): Promise<{ stream: Readable; headers: Record<string, string> }> {
      const options = await plan(site, wish)
      return {
        stream: longReads.exportSite(options),
        headers: {
          'Content-Type': contentTypeOf(wish.format),
          'Content-Disposition': `attachment; filename="${fileNameOf(site.key, wish.format)}"`,
          'Cache-Control': 'no-store',
          'Balas-Snapshot': snapshotText(options.upTo),
        },
      }
    },
  }
}

const invalid = (field: string, message: string) => InvalidFields(undefined, { errors: [{ field, message }] })
