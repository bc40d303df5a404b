import { readFileSync } from 'node:fs'

/** A column of a table, as `schema.prisma` has it. */
export interface ColumnOf {
  name: string
  type: 'String' | 'Int' | 'BigInt' | 'Boolean' | 'DateTime' | 'Json' | 'Bytes'
  isOptional: boolean
}

/** The tables of the model and their columns, without the fields that only lead to other tables. */
export function tables(): Map<string, ColumnOf[]> {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  return new Map(
    [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, table = '', lines = '']) => [
      table,
      [...lines.matchAll(COLUMN)].map(([, name = '', type, optional]) => ({
        name,
        type: type as ColumnOf['type'],
        isOptional: optional === '?',
      })),
    ]),
  )
}

const COLUMN = /^ {2}(\w+) +(String|Int|BigInt|Boolean|DateTime|Json|Bytes)(\??)(?= |$)/gm
