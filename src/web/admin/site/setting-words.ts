import type { Translate } from '../../../locales/index.ts'
import type { WordEntry } from '../../../sites/word-lists.ts'
import { wordLine } from './word-lines.ts'
import { fields, type SettingName } from './fields.ts'

/** The fields of a site that are no settings. */
const OF_SITE = { name: 'admin.set.name', locale: 'admin.language', allowedOrigins: 'admin.set.origins' } as const

/** What a change's field is called on the settings' page; of one that only another version knows, its name. */
export function fieldName(t: Translate, field: string): string {
  if (Object.hasOwn(OF_SITE, field)) return t(OF_SITE[field as keyof typeof OF_SITE])
  const name = field.replace(/^settings\./, '').replace(/^judging\.\w+$/, 'judging')
  return Object.hasOwn(fields, name) ? t(`admin.set.${name as SettingName}`) : field
}

/** A value as people write it. */
export function valueText(t: Translate, value: unknown): string {
  const mode = fields.mode.find((each) => each === value)
  if (mode) return t(`admin.set.mode.${mode}`)
  if (Array.isArray(value)) return value.map((entry: WordEntry) => wordLine(entry)).join(', ') || '–'
  if (typeof value === 'boolean') return value ? '✓' : '✗'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : value ? JSON.stringify(value) : '–'
}
