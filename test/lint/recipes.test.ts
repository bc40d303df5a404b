import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

const ROOT = new URL('../../', import.meta.url).pathname
const PROJECTS = ['.', 'src/web/admin']

/**
 * The recipes of .github/CONTRIBUTING.md, followed on a copy up to their first step: what is missing then must be what the compiler
 * asks for, file by file, so that nobody has to know it by heart.
 */
describe('After the first step of a recipe the compiler asks for the rest, where somebody adds', () => {
  let copy = ''
  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'balas-recipe-'))
    for (const name of ['src', 'tsconfig.json', 'package.json']) await cp(join(ROOT, name), join(copy, name), { recursive: true })
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  })
  afterEach(() => rm(copy, { recursive: true }))

  const edit = async (file: string, from: string, to: string) => {
    const before = await readFile(join(copy, file), 'utf8')
    expect(before).toContain(from)
    await writeFile(join(copy, file), before.replace(from, to))
  }

  /** The files in which the compiler finds something missing. */
  const askedFor = (): string[] => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const outputs = PROJECTS.map(
      (project) => spawnSync(process.execPath, [tsc, '--noEmit', '-p', project], { cwd: copy, encoding: 'utf8' }).stdout,
    )
    const files = outputs.flatMap((output) => [...output.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file = '']) => file))
    return [...new Set(files)].toSorted()
  }

  test('a check: its sentence, and its name on the page', async () => {
    await edit('src/spam/codes.ts', "  'post-other',\n] as const", "  'post-other',\n  'dummy-found',\n] as const")
    await edit('src/spam/codes.ts', "  'flood',\n] as const", "  'flood',\n  'dummy',\n] as const")
    expect(askedFor()).toEqual(['src/notifications/reasons.ts', 'src/web/admin/parts/check-name.ts'])
    await edit('src/locales/en.ts', "  'reason.edited':", "  'reason.dummy-found': 'A dummy was found.',\n  'reason.edited':")
    const others = ['ar', 'de', 'es', 'fr', 'id', 'ja', 'ms', 'nl', 'pt', 'zh'].map((locale) => `src/locales/${locale}.ts`)
    expect(askedFor()).toEqual([...others, 'src/web/admin/parts/check-name.ts'])
  })

  test('an import format: its reader, its name on the page, and which file is the right one', async () => {
    await edit('src/transfer/import/guess.ts', 'export const formatLabels = {', "export const formatLabels = {\n  dummy: 'a dummy',")
    expect(askedFor()).toEqual([
      'src/transfer/import/right-export.ts',
      'src/transfer/import/sources.ts',
      'src/web/admin/site/import-page.tsx',
    ])
  })

  test('a locale: its texts, and how the page loads them', async () => {
    await edit('src/locales/index.ts', "export const locales = ['en',", "export const locales = ['xx', 'en',")
    expect(askedFor()).toEqual(['src/locales/texts.ts', 'src/web/admin/speech/languages.ts'])
  })
})
