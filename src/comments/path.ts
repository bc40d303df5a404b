import { withoutDashes } from '../ids.ts'

/** Levels of ancestors that display order knows; deeper replies stand by time below the last of them. */
const LEVELS = 10
const PART = 32

/** How a path looks. */
export const PATH = /^([0-9a-f]{32}){1,10}$/

/**
 * A comment's place in display order: the ids from its root down to itself, without dashes. Below a parent at the last level it takes
 * that one's place among its siblings.
 */
export const pathBelow = (parentPath: string, id: string) => parentPath.slice(0, (LEVELS - 1) * PART) + withoutDashes(id)

/** The path of a comment that answers none; those below it begin with it. */
export const pathOfRoot = (id: string) => pathBelow('', id)

/** The ids that a path is made of, the root's first. */
export const idsInPath = (path: string): string[] =>
  Array.from({ length: Math.floor(path.length / PART) }, (_value, level) => withDashes(path.slice(level * PART, (level + 1) * PART)))

/** The id of the root that a path begins with. */
export const rootInPath = (path: string): string => withDashes(path.slice(0, PART))

const withDashes = (part: string) => [part.slice(0, 8), part.slice(8, 12), part.slice(12, 16), part.slice(16, 20), part.slice(20)].join('-')
