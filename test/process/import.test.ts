import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newDataDir, run } from './run.ts'

const importing = (dataDir: string, ...args: string[]) =>
  run('cli.js', ['import', ...args, '--site', 'default'], { env: { DATA_DIR: dataDir } })

test('a file that is not there, is a folder, or tells nothing is one plain sentence', async () => {
  const dataDir = await newDataDir()
  const here = (name: string) => join(dataDir, name)
  await mkdir(here('map'))
  await writeFile(here('note.txt'), 'halo')
  await writeFile(here('there.ndjson'), '')
  const sentences: [args: string[], sentence: string][] = [
    [[here('none.xml')], `There is no file ${here('none.xml')}.\n`],
    [[here('map')], `${here('map')} is a folder: name the file in it.\n`],
    [[here('note.txt'), '--rejects', here('there.ndjson')], `${here('there.ndjson')} is there already: name a new file.\n`],
  ]
  for (const [args, sentence] of sentences) expect(await importing(dataDir, ...args)).toEqual({ code: 1, stdout: '', stderr: sentence })
  const { code, stderr } = await importing(dataDir, here('note.txt'))
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The file does not tell what wrote it: [^\n]+\n$/)])
})

test('what is left out is told with what to do, and written to a file for this user alone that can be imported again', async () => {
  const dataDir = await newDataDir()
  const file = join(dataDir, 'comments.csv')
  const list = join(dataDir, 'left.ndjson')
  await writeFile(file, 'id,url,body\n1,https://news.example/a,Baik\n2,/b,Tanpa situs\n')
  const first = await importing(dataDir, file, '--from', 'old.example', '--base', 'https://news.example', '--rejects', list)
  expect(first).toMatchObject({ code: 0 })
  expect(first.stdout).toContain('0 articles were moved: no address begins with --from.')
  expect((await importing(dataDir, file, '--dry-run')).stdout).toContain(
    'Import the file again and name the site’s address as the base. (line 3, id 2)',
  )
  expect((await stat(list)).mode & 0o777).toBe(0o600)
  expect((await readFile(list, 'utf8')).split('\n')).toHaveLength(2)

  const other = join(dataDir, 'left2.ndjson')
  await importing(dataDir, file, '--rejects', other)
  expect((await readFile(other, 'utf8')).split('\n')[1]).toContain('"code":"needs-base"')
  const again = await importing(dataDir, other, '--base', 'https://news.example', '--json')
  expect(JSON.parse(again.stdout)).toMatchObject({ format: 'csv', report: { comments: { read: 1, same: 1, skipped: 0 } } })
})
