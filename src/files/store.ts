import type { Client, Transaction } from '../database/connect.ts'
import type { Area, FileName, KeptFile } from './kept-files.ts'

/** Pieces taken away by one transaction: a megabyte each. */
const AT_ONCE = 16

/** By which a whole file is found; only one can have it. */
const placeOf = ({ area, site, name }: FileName) => `${area}/${site}/${name}`

/** A file of which nothing is there yet. */
export const beginFile = (tx: Transaction, { id, area, site, name, at }: FileName & { id: string; at: Date }) =>
  tx.keptFile.create({ data: { id, area, site, name, place: null, bytes: 0, chunks: 0, createdAt: at, touchedAt: at } })

/** Adds a piece. @throws P2025 when the file was swept meanwhile */
export async function addChunk(
  tx: Transaction,
  { fileId, n, sealed, at }: { fileId: string; n: number; sealed: Uint8Array<ArrayBuffer>; at: Date },
) {
  await tx.keptChunk.create({ data: { fileId, n, sealed } })
  await tx.keptFile.update({ where: { id: fileId }, data: { chunks: n + 1, touchedAt: at } })
}

/** Puts a whole file in its place; returns which one was there and is to be taken away. */
export async function placeFile(tx: Transaction, { id, at, bytes, ...name }: FileName & { id: string; at: Date; bytes: number }) {
  const before = await displaceFiles(tx, { name })
  await tx.keptFile.update({ where: { id }, data: { place: placeOf(name), bytes, createdAt: at, touchedAt: at } })
  return before
}

export const findFile = (client: Client, name: FileName) =>
  client.keptFile.findUnique({ where: { place: placeOf(name) }, select: { id: true, bytes: true, chunks: true } })

export const readChunk = async (client: Client, { fileId, n }: { fileId: string; n: number }) =>
  (await client.keptChunk.findUnique({ where: { fileId_n: { fileId, n } } }))?.sealed

export async function listFiles(client: Client, { area, site }: { area: Area; site?: string | undefined }): Promise<KeptFile[]> {
  const found = await client.keptFile.findMany({
    where: { area, ...(site !== undefined && { site }), place: { not: null } },
    orderBy: [{ site: 'asc' }, { name: 'asc' }],
  })
  return found.map((row) => ({ area, site: row.site, name: row.name, bytes: Number(row.bytes), createdAt: row.createdAt }))
}

/** Takes files out of their places, so that nobody finds them any more; returns which. */
export async function displaceFiles(tx: Transaction, of: { name: FileName } | { area: Area; before: Date }): Promise<string[]> {
  const where = 'name' in of ? { place: placeOf(of.name) } : { area: of.area, createdAt: { lt: of.before }, place: { not: null } }
  const ids = (await tx.keptFile.findMany({ where, select: { id: true } })).map(({ id }) => id)
  await tx.keptFile.updateMany({ where: { id: { in: ids } }, data: { place: null } })
  return ids
}

/** Files without a place of which nothing was written since the given time. */
export const findUnplaced = async (client: Client, since: Date): Promise<string[]> =>
  (await client.keptFile.findMany({ where: { place: null, touchedAt: { lt: since } }, select: { id: true } })).map(({ id }) => id)

/** Takes some pieces of a file away, and with the last ones the file; false when there is nothing left of it. */
export async function dropSome(tx: Transaction, id: string): Promise<boolean> {
  const some = await tx.keptChunk.findMany({ where: { fileId: id }, select: { n: true }, orderBy: { n: 'asc' }, take: AT_ONCE })
  await tx.keptChunk.deleteMany({ where: { fileId: id, n: { in: some.map(({ n }) => n) } } })
  if (some.length === AT_ONCE) return true
  await tx.keptFile.deleteMany({ where: { id } })
  return false
}
