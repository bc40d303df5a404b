/** Why an import left a record out, or what it lost, and what to do about it (`transfer/import/reasons.ts`). */
export const importEn = {
  'admin.import.reason.no-id':
    'It has no id by which it could be known again. Give it one in the list of what was left out, and import that.',
  'admin.import.reason.no-article': 'It names no article. Write the article’s address into the list of what was left out, and import that.',
  'admin.import.reason.no-address': 'Its article has no address. Write it into the list of what was left out, and import that.',
  'admin.import.reason.not-web':
    'Its article’s address is not an http or https one. Mend it in the list of what was left out, and import that.',
  'admin.import.reason.needs-base':
    'Its article’s address does not say the site. Import the file again and name the site’s address as the base.',
  'admin.import.reason.article-missing':
    'Its article is not in the file. Export everything, articles too; or write the address into the list of what was left out.',
  'admin.import.reason.article-deleted':
    'Its discussion was deleted there. To have it all the same, import it from the list of what was left out.',
  'admin.import.reason.article-no-id': 'A discussion without an id: nothing can belong to it. There is nothing to do.',
  'admin.import.reason.outside': 'It stands outside of any post, so its article is not known. Make the export anew.',
  'admin.import.reason.pingback': 'A pingback: a notice that another page links here, not a comment. There is nothing to do.',
  'admin.import.reason.trackback': 'A trackback: a notice that another page links here, not a comment. There is nothing to do.',
  'admin.import.reason.plugin-note':
    'A note of the type “{{what}}” that a plugin keeps as a comment, not one for readers. There is nothing to do.',
  'admin.import.reason.too-long':
    'The record is longer than 1 MB, which no comment is. Look at it in the file, and shorten it if it is one.',
  'admin.import.reason.too-deep': 'The record is nested deeper than any system writes. Make the export anew.',
  'admin.import.reason.too-many-cells':
    'The row has more cells than the first one: text with a separator or a line break needs quotes around it. Save the CSV again with every cell quoted.',
  'admin.import.reason.bad-json': 'It is not well-formed JSON ({{what}}). Mend it, or make the export anew.',
  'admin.import.reason.bad-xml': 'Its XML tags do not match. Mend it, or make the export anew.',
  'admin.import.reason.bad-field': 'A field is not as our exports write it ({{what}}). Mend it in the list of what was left out.',
  'admin.import.reason.foreign-host':
    'Its article is on a host that is not the site’s. Add the host to the site’s addresses; or, if the site moved, import by the command line with --from and --base.',
  'admin.import.reason.twice': 'Its id stands in the file twice, and the first one came in. If they differ, give this one another id.',
  'admin.import.reason.bad-text': 'Its text holds broken characters. Mend them in the list of what was left out, and import that.',
  'admin.import.reason.body-long': 'It is longer than 64 KiB. Shorten it in the list of what was left out, and import that.',
  'admin.import.reason.empty': 'There is nothing to read in it, only blanks or what is not shown here. There is nothing to do.',
  'admin.import.reason.unclean-html':
    'Its HTML holds what is not allowed here: the file was changed. Export again from the Balas that wrote it.',
  'admin.import.reason.too-early': 'Its time is before 1970. Mend it in the list of what was left out, and import that.',
  'admin.import.reason.removed-leaf': 'It was removed there, and nothing answers it. There is nothing to do.',
  'admin.import.reason.refused': 'The database did not take it. Import the file again; if it stays out, look at it in the list.',
  'admin.import.reason.parent-missing': 'What it answers is not in the file, or was left out. Bring that in, then import the file again.',
  'admin.import.reason.parent-elsewhere': 'What it answers stands under another article. It stands by itself now.',
  'admin.import.reason.parent-deleted': 'What it answers was deleted here. It stands by itself now.',
  'admin.import.reason.parent-loop': 'It answers itself by way of its own replies. It stands by itself now.',
  'admin.import.reason.parent-self': 'It says that it answers itself. It stands by itself now.',
  'admin.import.reason.no-date':
    'It has no date that can be read, and was given its article’s or the one of the import. Look at the file’s dates.',
  'admin.import.reason.odd-date':
    'Its date cannot be right, before 1970 or in the future, and it was given its article’s or the one of the import. Look at the file’s dates.',
  'admin.import.reason.bad-email': 'Its e-mail address is none, and was left out. The comment is here.',
  'admin.import.reason.bad-website': 'Its website is no http or https address, and was left out. The comment is here.',
  'admin.import.reason.long-name': 'Its name was too long, and was cut. The comment is here.',
  'admin.import.reason.undone': 'The import ended before it. Import the file again: what is in stays, and the rest comes in.',
  'admin.import.reason.post-private': 'Its post is private there, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.post-draft': 'Its post is a draft there, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.post-pending': 'Its post waits for review there, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.post-future': 'Its post is to appear later there, so it came in as rejected. Approve it here once the post is out.',
  'admin.import.reason.post-trash': 'Its post is in the trash there, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.post-password': 'Its post has a password there, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.post-other':
    'Its post has a status there that is not known to be public, so it came in as rejected. Approve it here if readers may see it.',
  'admin.import.reason.clash-articles':
    'Its number stands under another article of the file too. Each is a comment of its own; there is nothing to do.',
  'admin.import.reason.clash-here':
    'Another comment here has its number, of another blog as it seems. Each is a comment of its own; look at it if it stands here twice.',
  'admin.import.reason.wordpress-no-spam':
    'WordPress leaves spam out of its exports. If good comments may be in its spam folder, mark them as not spam there, export again and import that file too.',
  'admin.import.reason.other': 'For other reasons; the list of what was left out has them all.',
}
