import type { FileKind } from './guess.ts'

/** Where each system makes the file that can be brought in: what to do with any other file of it. */
export const rightExport: Record<FileKind, string> = {
  ndjson: 'in Balas, Export → Everything, line by line (NDJSON), or `npm run cli -- export --site KEY --out FILE`',
  wxr: 'in WordPress, Tools → Export → All content → Download Export File, an .xml file',
  disqus: 'in Disqus, Admin → Community → Export (https://SHORTNAME.disqus.com/admin/discussions/export/); the .xml.gz file comes by mail',
  isso: 'the file that `dbpath` in isso.cfg names, such as comments.db',
  remark42: 'on the server, `docker exec -it remark42 backup -s SITE`, a file such as userbackup-SITE-20260101.gz',
  cusdis: "Cusdis' own SQLite file, or its tables pages and comments as JSON",
  commento: 'in Commento or Comentario, the dashboard → the domain → Export, a .json.gz file',
  artalk: 'in Artalk, Control Center → Transfer → Export, an .artrans file',
  waline: 'in Waline, the admin page → Import/Export → Export, a .json file',
  twikoo: 'in Twikoo, the panel → Export → Comments, the file twikoo-comment.json',
  csv: 'a CSV in UTF-8 with at least the columns url and body',
  rejects: 'what was downloaded after an import, with its first line',
}
