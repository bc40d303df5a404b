/** The columns of our table of comments, in their order; an import takes other tables whose columns are named by these. */
export const CSV_COLUMNS = [
  'id',
  'url',
  'title',
  'parentId',
  'status',
  'authorName',
  'authorEmail',
  'authorWebsite',
  'body',
  'createdAt',
  'editedAt',
] as const
export type CsvColumn = (typeof CSV_COLUMNS)[number]
