import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { NdjsonLine } from '../../src/transfer/records.ts'
import { startApp } from '../support/app.ts'
import { SECRET } from './history.ts'
import { exported, linesOf, seed } from './seed.ts'

test('the served JSON Schema holds for every line of an export, and for none that lacks something', async () => {
  const { deps, http, url } = await startApp({ env: { SECRET } })
  const { siteId } = await seed(deps.db)
  const { body: schema, headers } = await http.get('/api/v1/export.schema.json').expect(200)
  expect(headers['content-type']).toMatch(/^application\/schema\+json/)
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${url}/api/v1/export.schema.json`,
  })
  const isLine = new Ajv2020({ validateFormats: false }).compile(schema)
  const lines = [
    ...linesOf(await exported(deps.db, { siteId, emails: true })),
    ...linesOf(await exported(deps.db, { siteId, since: new Date(0), status: 'spam' })),
  ]
  for (const line of lines) {
    expect([line.type, isLine(line), isLine.errors]).toEqual([line.type, true, null])
    expect(NdjsonLine.parse(line)).toEqual(line)
    for (const field of Object.keys(line)) expect(isLine({ ...line, [field]: undefined })).toBe(false)
  }
})
