import { wideEncoding } from './files/text.ts'
import { rightExport } from './right-export.ts'

/**
 * What a file is that nothing here reads, and what to do instead, in a sentence or two; null for what may be something else. These are
 * the files that people hand over by mistake.
 *
 * @param head the first bytes of it, as many as there are up to 64 KiB
 */
export function strangerIn(head: Buffer): string | null {
  if (isBolt(head))
    return `This is a database of Remark42, or another one in Bolt's format. Its backup is what can be read: ${rightExport.remark42}.`
  const wide = wideEncoding(head)
  if (wide) return `The file is in ${wide}. Save it as UTF-8 and try again; PowerShell's > writes so, Notepad's Save as → UTF-8 mends it.`
  const sign = head.toString('latin1', 0, 512)
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (text === '') return 'There is nothing but blanks in the file: the export did not work. Make it again.'
  return packed(head, sign) ?? document(sign) ?? database(text, sign, head) ?? page(text) ?? ours(text)
}

/** The page's header of 16 bytes, then Bolt's mark. */
const isBolt = (head: Buffer) => head.length >= 20 && head.readUInt32LE(16) === 0xed0cdaed

const ANY = `Export the comments where they are kept: ${rightExport.wxr}; other systems have an export too`

const ZIPS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']
/** 7z, RAR, bzip2, xz, Zstandard. */
const ARCHIVES = ['7z\xbc\xaf\x27\x1c', 'Rar!', 'BZh', '\xfd7zXZ', '\x28\xb5\x2f\xfd']

function packed(head: Buffer, sign: string): string | null {
  if (ZIPS.some((begin) => sign.startsWith(begin))) return inZip(head.toString('latin1'))
  if (ARCHIVES.some((begin) => sign.startsWith(begin)) || sign.startsWith('ustar', 257))
    return 'This is a packed archive. Unpack it, and bring in the file inside (gzip alone need not be unpacked).'
  // The plugin All-in-One WP Migration: a name of 255 bytes, then the size in 14.
  const [name = '', size = ''] = [sign.slice(0, 255), sign.slice(255, 269)].map((field) => field.replaceAll('\0', ''))
  if (/^[\w.-]+$/.test(name) && /^\d+$/.test(size) && sign.includes('\0'))
    return `This is a WordPress backup (.wpress), which holds a whole site. The comments alone: ${rightExport.wxr}.`
  return null
}

function inZip(text: string): string {
  if (text.includes('xl/')) return `This is an Excel workbook. Save it by File → Save As → CSV UTF-8, and bring in that.`
  if (text.includes('opendocument.spreadsheet'))
    return 'This is a LibreOffice sheet. Save it by File → Save As → Text CSV with the character set Unicode (UTF-8), and bring in that.'
  if (text.includes('word/') || text.includes('opendocument.text')) return `This is a text document. ${ANY}.`
  return "This is a ZIP archive. Unpack it, and bring in the file inside (WordPress.com's export is an .xml file in a ZIP archive)."
}

function document(sign: string): string | null {
  if (sign.startsWith('%PDF')) return `This is a PDF, from which no comments can be read. ${ANY}.`
  if (sign.startsWith('{\\rtf')) return `This is a text document. ${ANY}.`
  if (sign.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'))
    return 'This is a file of an older Excel or Word. Save a sheet by File → Save As → CSV UTF-8, and bring in that.'
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF)/.test(sign)) return `This is a picture. ${ANY}.`
  return null
}

const SQL = /^(?:--|#|\/\*|SET |USE |BEGIN|PRAGMA |CREATE |DROP |INSERT INTO|LOCK TABLES)/i

function database(text: string, sign: string, head: Buffer): string | null {
  if (sign.startsWith('PGDMP')) return `This is a dump of a PostgreSQL database. ${ANY}.`
  if (sign.startsWith('SQLite format 3\0'))
    return /ExternalId|_prisma_migrations/.test(head.toString('latin1'))
      ? `This is a SQLite database of Balas or of another program. Of Balas bring in an export: ${rightExport.ndjson}.`
      : `This is a SQLite database of a system that is not known here. Isso's and Cusdis' can be read. ${ANY}.`
  if (!SQL.test(text) || !/\b(?:CREATE TABLE|INSERT INTO|DROP TABLE|SQL dump|database (?:dump|backup))\b/i.test(text)) return null
  if (/WordPress|wp_|_comments\b[^]*comment_approved/.test(text))
    return `This is a dump of a WordPress database (SQL). The comments as they can be read: ${rightExport.wxr}.`
  if (/remote_addr|voters/.test(text))
    return `This is a dump of a database (SQL). Of Isso bring in the database itself: ${rightExport.isso}.`
  return `This is a dump of a database (SQL). ${ANY}.`
}

function page(text: string): string | null {
  if (/^(?:<!doctype html|<html)/i.test(text)) return `This is a web page, perhaps the one that asks to sign in. ${ANY}.`
  if (/^(?:<\?xml[^>]*>\s*(?:<!--[^]*?-->\s*|<\?[^>]*>\s*)*)?<(?:urlset|sitemapindex)[\s>]/.test(text)) return `This is a sitemap. ${ANY}.`
  const isFeed =
    /<(?:feed|rdf:RDF)[\s>]/.test(text.slice(0, 8192)) ||
    (/<rss[\s>]/.test(text.slice(0, 8192)) && !/<wp:|wordpress\.org\/export\//.test(text))
  if (isFeed && /tag:blogger\.com,1999:|schemas\.google\.com\/blogger/.test(text.slice(0, 8192)))
    return `This is a feed or a backup of Blogger, which cannot be read here. Bring the backup into WordPress (Tools → Import → Blogger), and then take the export there: ${rightExport.wxr}.`
  if (isFeed) return `This is a feed of the newest articles, not an export with comments: ${rightExport.wxr}.`
  return /^<(?:\?xml|!--|[a-z])/i.test(text) && !/<(?:rss|disqus)[\s>]/.test(text)
    ? `This is an XML file that no system known here writes. ${ANY}.`
    : null
}

/** What Balas writes for others than itself. */
function ours(text: string): string | null {
  if (text.startsWith('{"format":"balas",')) return `This is our own JSON, for other programs. To bring it in: ${rightExport.ndjson}.`
  if (/^\{"type":"(?:thread|comment|trailer)",/.test(text))
    return `This is a part of our own NDJSON, without its first line. Bring in the whole file: ${rightExport.ndjson}.`
  return null
}
