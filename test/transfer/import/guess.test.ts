import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { guessFormat } from '../../../src/transfer/import/guess.ts'
import { withFile } from './read.ts'

describe('The format of a file', () => {
  test.each([
    ['ndjson', '{"type":"header","format":"balas","version":1}\n'],
    ['wxr', '\n<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">'],
    ['disqus', '<?xml version="1.0"?><disqus xmlns="http://disqus.com">'],
    ['remark42', '{"version":1,"users":[],"posts":[]}\n{"id":"a","locator":{"site":"x"}}'],
    ['commento', '{"version":1,"comments":[{"commentHex":"a"}]}'],
    ['commento', '{"version":3,"pages":[{"id":"a","path":"/"}]}'],
    ['artalk', '[{"id":"1","page_key":"/"}]'],
    ['waline', '{"type":"waline","version":1,"data":{}}'],
    ['waline', '[{"objectId":"a","comment":"x"}]'],
    ['waline', '#filetype:JSON-streaming {"type":"Class"}\n{}'],
    ['cusdis', '{"pages":[],"comments":[{"by_nickname":"a"}]}'],
    ['csv', '\ufeffid,url,body\r\n'],
    [null, 'halo'],
    [null, ''],
    [null, '{"a":1}'],
    [null, '<html><body>a, b</body></html>'],
    [null, '<rss version="2.0"><channel></channel></rss>'],
  ])('is %s for %j, packed too', async (format, bytes) => {
    expect(await withFile(bytes, (file) => guessFormat({ file }))).toBe(format)
    expect(await withFile(gzipSync(bytes), (file) => guessFormat({ file }))).toBe(format)
  })
})
