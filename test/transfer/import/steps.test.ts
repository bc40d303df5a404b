import { expect, it } from '@jest/globals'
import { decodeSteps, encodeStep } from '../../../src/transfer/import/chunk.ts'

const bulk = (text: string) => ({ table: 'Comment', columns: ['body'], json: JSON.stringify([[text]]) })

it('steps cross between threads as they are, several in one chunk of bytes, with and without rows', async () => {
  const steps = [
    { type: 'read', read: 1000 },
    { type: 'comments', rows: [bulk('satu\n"dua" 😀 \u2028'), bulk('tiga')], changed: [{ name: 'json', body: '[1]\n[2]' }] },
    { type: 'threads', rows: bulk('empat'), titles: [] },
    { type: 'threads', rows: null, titles: [{ id: 'a', title: '[judul]' }] },
  ]
  const bytes = steps.map(encodeStep)
  const chunks = [bytes[0], Buffer.concat(bytes.slice(1))].map((chunk) => new Uint8Array(chunk ?? []))
  const decoded: unknown[] = []
  for await (const step of decodeSteps(chunksOf(chunks))) decoded.push(step)
  expect(decoded).toEqual(steps)
})

async function* chunksOf(chunks: Uint8Array[]) {
  yield* chunks
}
