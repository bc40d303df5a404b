import { csv } from './csv.ts'
import type { Archive, Format } from './format.ts'
import { json } from './json.ts'
import { ndjson } from './ndjson.ts'
import { wxr } from './wxr.ts'

const archive: Archive = { order: 'archive', contentType: 'application/zip', extension: 'zip', resumes: false }

/** What a history can be written as; the first is the full one. */
export const formatNames = ['ndjson', 'json', 'csv', 'wxr', 'archive'] as const
export type FormatName = (typeof formatNames)[number]

const formats: Record<FormatName, Format> = { ndjson, json, csv, wxr, archive }

export const formatOf = (name: FormatName): Format => formats[name]
export const contentTypeOf = (name: FormatName): string => formats[name].contentType

/** `comments-<site>.<extension>` */
export const fileNameOf = (siteKey: string, name: FormatName): string => `comments-${siteKey}.${formats[name].extension}`
