import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { type ImportFormat, recognise } from '../../../src/transfer/import/guess.ts'
import { UnreadableFile } from '../../../src/transfer/import/source.ts'
import { withFile } from './read.ts'

const told = (bytes: string | Uint8Array, wished: ImportFormat | 'auto' = 'auto') =>
  withFile(bytes, (file) =>
    recognise({ file, wished }).catch((error: unknown) => {
      if (UnreadableFile.is(error)) return error.message
      throw error
    }),
  )

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
    ['waline', '{\n\t"__version": "1.19.0",\n\t"type": "waline",\n\t"data": {"Comment": [{"isSpam": false, "objectId": "a"}]}}'],
    ['waline', '[{"objectId":"a","comment":"x","isSpam":false}]'],
    ['twikoo', '[{"_id":"a","comment":"x","isSpam":false}]'],
    ['waline', '#filetype:JSON-streaming {"type":"Class"}\n{}'],
    ['cusdis', '{"pages":[],"comments":[{"by_nickname":"a"}]}'],
    ['csv', '\ufeffid,url,body\r\n'],
  ] as const)('is %s for %j, packed too', async (format, bytes) => {
    expect([await told(bytes), await told(gzipSync(bytes)), await told(bytes, format)]).toEqual([format, format, format])
  })
})

const WXR = '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">'
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const wpress = Buffer.alloc(4377)
wpress.write('package.json', 0)
wpress.write('1024', 255)
wpress.write('1700000000', 269)
const bolt = Buffer.alloc(4096)
bolt.writeUInt32LE(0xed0cdaed, 16)
const tar = Buffer.alloc(1024)
tar.write('comments.xml', 0)
tar.write('ustar', 257)

describe('What nobody can read is told by name, with what to do instead, whether a format is named or not', () => {
  test.each<[name: string, bytes: string | Uint8Array, advice: string]>([
    ['The file is empty', '', 'Make it again'],
    ['nothing but blanks', ' \n\n', 'Make it again'],
    ['a ZIP archive', latin1('PK\x03\x04\x14\x00blog.wordpress.2026-01-01.xml'), 'Unpack it'],
    ['a ZIP archive', `PK\x03\x04\x14\0\0\0\0\0blog.xml${WXR}`, 'Unpack it'],
    ['a packed archive', Buffer.concat([tar, Buffer.from(WXR)]), 'Unpack it'],
    ['an Excel workbook', latin1('PK\x03\x04\x14\x00[Content_Types].xml…xl/workbook.xml'), 'CSV UTF-8'],
    ['a LibreOffice sheet', latin1('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'Text CSV'],
    ['a text document', latin1('PK\x03\x04[Content_Types].xml…word/document.xml'), 'Tools → Export → All content'],
    ['an older Excel', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'CSV UTF-8'],
    ['a packed archive', tar, 'Unpack it'],
    ['a packed archive', latin1("7z\xbc\xaf'\x1c\0\x04"), 'Unpack it'],
    ['a PDF', '%PDF-1.7', 'Tools → Export → All content'],
    ['a picture', latin1('\x89PNG\r\n\x1a\n'), 'Tools → Export → All content'],
    ['a web page', '<!DOCTYPE html>\n<html><body>a, b</body></html>', 'Tools → Export → All content'],
    ['a WordPress backup (.wpress)', wpress, 'Tools → Export → All content'],
    ['a dump of a WordPress database', '-- MySQL dump 10.13\n\nDROP TABLE IF EXISTS `wp_comments`;\n', 'Tools → Export → All content'],
    ['a dump of a WordPress database', '# WordPress MySQL database backup\n# Created by UpdraftPlus\n', 'Tools → Export → All content'],
    ['a dump of a database', '-- phpMyAdmin SQL Dump\n-- version 5.2\nCREATE TABLE `a` (b, c);', 'Tools → Export → All content'],
    ['a dump of a database', 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE comments (remote_addr, voters);', 'dbpath'],
    ['a dump of a PostgreSQL database', latin1('PGDMP\x01\x0e'), 'Tools → Export → All content'],
    ['a database of Remark42', bolt, 'backup -s SITE'],
    [
      'a feed of the newest articles',
      '<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>',
      'Tools → Export → All content',
    ],
    ['a feed of the newest articles', '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">', 'Tools → Export → All content'],
    [
      'a backup of Blogger',
      "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><id>tag:blogger.com,1999:blog-1.archive</id>",
      'Tools → Import → Blogger',
    ],
    ['a sitemap', '<?xml version="1.0"?>\n<!-- made by a plugin -->\n<urlset>', 'Tools → Export → All content'],
    ['an XML file that no system known here writes', '<?xml version="1.0"?><opml/>', 'Tools → Export → All content'],
    ['an XML file that no system known here writes', '\ufeff<comments>\n<comment><id>1</id>', 'Tools → Export → All content'],
    ['UTF-16 (little-endian)', Buffer.from('\ufeffid,url,body\n', 'utf16le'), 'Save it as UTF-8'],
    ['our own JSON', '{"format":"balas","version":1}', '(NDJSON)'],
    ['a part of our own NDJSON', '{"type":"comment","id":"x"}\n', 'Bring in the whole file'],
  ])('%s', async (name, bytes, advice) => {
    const sentence = await told(bytes)
    expect(sentence).toContain(name)
    expect(sentence).toContain(advice)
    expect(await told(bytes, 'csv')).toBe(sentence)
    if (bytes.length > 0) expect(await told(gzipSync(bytes))).toBe(sentence)
  })

  test('a SQLite database of another program', async () => {
    expect(await told(latin1('SQLite format 3\0…CREATE TABLE notes'))).toMatch(/SQLite database of a system that is not known/)
  })

  test('what is of a system that is known, but not of the one named', async () => {
    const disqus = '<?xml version="1.0"?><disqus xmlns="http://disqus.com">'
    expect(await told(disqus, 'wxr')).toBe(
      'This looks like a Disqus export, not like a WordPress export (WXR). Import it as disqus or auto; or take in WordPress, Tools → Export → All content → Download Export File, an .xml file.',
    )
  })

  test.each(['halo', '{"a":1}'])('and %j tells nothing', async (bytes) => {
    expect(await told(bytes)).toMatch(/^The file does not tell what wrote it: name the format, one of ndjson, wxr/)
  })
})
