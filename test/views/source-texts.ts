import { readFile } from 'node:fs/promises'
import { type JSXAttribute, type JSXElementChild, type Property, parse } from '@swc/core'

type JsonNode = { type: string } & Record<string, unknown>

/** What people would read, or hear, of a TSX file without the locale files: the pieces of text in it that have letters. */
export async function writtenTexts(path: string): Promise<string[]> {
  return textsIn(await readFile(path, 'utf8'))
}

/** The same of a source. */
export async function textsIn(source: string): Promise<string[]> {
  const program = await parse(source, { syntax: 'typescript', tsx: true, target: 'es2022' })
  return nodesIn(program)
    .flatMap(spoken)
    .filter((text) => /\p{L}/u.test(text))
}

/** Attributes, and members of the objects that components are given, whose text is shown or read out. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'heading', 'hint', 'label', 'message', 'placeholder', 'preview', 'title'])

function spoken(node: JsonNode): string[] {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return (node['children'] as JSXElementChild[]).flatMap(valuesOf)
  if (node.type === 'JSXAttribute') {
    const { name, value } = node as unknown as JSXAttribute
    return name.type === 'Identifier' && SPOKEN.has(name.value) ? valuesOf(value) : []
  }
  if (node.type === 'KeyValueProperty') {
    const { key, value } = node as unknown as Extract<Property, { type: 'KeyValueProperty' }>
    return 'value' in key && SPOKEN.has(String(key.value)) ? valuesOf(value) : []
  }
  return []
}

/** The texts that an expression may come to, as far as they are written in it. */
function valuesOf(value: unknown): string[] {
  if (!isNode(value)) return []
  switch (value.type) {
    case 'JSXText':
    case 'StringLiteral':
      return [String(value['value'])]
    case 'JSXExpressionContainer':
    case 'ParenthesisExpression':
    case 'TsAsExpression':
      return valuesOf(value['expression'])
    case 'ConditionalExpression':
      return [value['consequent'], value['alternate']].flatMap(valuesOf)
    case 'BinaryExpression':
      return JOINS.has(value['operator']) ? [value['left'], value['right']].flatMap(valuesOf) : []
    case 'TemplateLiteral':
      return (value['quasis'] as { raw: string }[]).map(({ raw }) => raw)
    default:
      return []
  }
}

/** Operators that give one of their sides, or both. */
const JOINS = new Set<unknown>(['&&', '||', '??', '+'])

/** A node and all nodes in it. */
function nodesIn(value: unknown): JsonNode[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(nodesIn)
  return isNode(value) ? [value, ...inner] : inner
}

const isNode = (value: unknown): value is JsonNode => typeof value === 'object' && value !== null && 'type' in value
