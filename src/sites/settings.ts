import { z } from 'zod'
import { isTimeZone } from '../locales/dates.ts'
import { settleWords, WordList } from './word-lists.ts'

/** What the judging of comments goes by, beside the word lists. */
const judging = {
  disguise: z.enum(['hold', 'spam', 'off']).meta({
    description: 'What becomes of a comment whose letters are disguised, or spelled apart, so that people read what programs should not',
  }),
}

const shape = {
  mode: z
    .enum(['hold-all', 'hold-first', 'publish-all'])
    .meta({ description: 'Hold every comment; only those of authors without an approved one; or none' }),
  maxLinks: z.int().min(0).max(100).meta({ description: 'A comment with this many links or more is held; 0 holds none for its links' }),
  holdWords: WordList.meta({ description: 'Comments that contain one of these are held' }),
  rejectWords: WordList.meta({ description: 'Comments that contain one of these are rejected' }),
  judging: z.object(judging),
  maxDepth: z.int().min(1).max(10).meta({ description: 'Levels of nesting shown; deeper replies stand at the last level' }),
  closeAfterDays: z.int().min(0).max(36_500).meta({ description: 'Days after its first comment that an article takes no more; 0 never' }),
  floodSeconds: z.int().min(0).max(3600).meta({ description: 'Seconds between two comments of one e-mail address or browser' }),
  submissionsPerMinute: z.int().min(1).max(1_000_000).meta({ description: 'Comments a minute from one network' }),
  exportEveryDays: z.int().min(0).max(31).meta({ description: 'Days between two exports that are kept on the server; 0 keeps none' }),
  exportsKept: z.int().min(1).max(100).meta({ description: 'How many of them are kept' }),
  exportEmails: z.boolean().meta({ description: "They hold readers' e-mail addresses" }),
  digestAboveWaiting: z.int().min(0).max(10_000).meta({
    description: 'When more comments than that wait, moderators who hear of each get digests; 0 always',
  }),
  digestMinutes: z.int().min(5).max(1440).meta({ description: 'Minutes from the first comment that a digest tells of to the digest' }),
  attackComments: z.int().min(0).max(100_000).meta({
    description: 'When more waiting comments than that came in within ten minutes, each moderator gets one alert until it is over; 0 never',
  }),
  memberMailsPerDay: z.int().min(1).max(1000).meta({
    description: 'Mails about waiting comments to one member a day; what is beyond is told in a digest of the next day',
  }),
  tellReaders: z.boolean().meta({
    description:
      'Authors may ask to be told by mail when their comment is approved and when somebody answers, once they confirmed the address',
  }),
  tellReadersAfterSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .meta({ description: 'Seconds that mails to readers wait after a decision, so that nothing goes out of one that is undone' }),
  tellRejected: z.boolean().meta({ description: 'Authors who asked to be told also hear when their comment is rejected; never of spam' }),
  pagesRenderComments: z.boolean().meta({ description: "The site's pages show the comments, so the plain form leads back to the article" }),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Jakarta')
    .meta({ description: 'For dates on pages and in mails' }),
  keptParameters: z
    .array(z.string().min(1).max(100))
    .max(50)
    .meta({ description: 'Query parameters that name an article; all others are dropped from its address' }),
  ignoreScheme: z.boolean().meta({ description: 'Addresses with http and https are one article' }),
  ignoreWww: z.boolean().meta({ description: 'Addresses with and without www. are one article' }),
  ignoreTrailingSlash: z.boolean().meta({ description: 'Addresses with and without a slash at the end are one article' }),
  ignoreAmp: z
    .boolean()
    .meta({ description: 'An AMP page (/amp behind or before the path, ?amp, ?outputType=amp, the host amp.) is the article itself' }),
}

/** How a site wants its comments handled. */
export const Settings = z.object(shape)
export type Settings = z.output<typeof Settings>

/** Any part of them; a name that is no setting is refused. */
export const SettingsChange = z.strictObject({ ...shape, judging: z.strictObject(judging).partial() }).partial()
export type SettingsChange = z.output<typeof SettingsChange>

const DEFAULTS: Settings = {
  mode: 'hold-all',
  maxLinks: 2,
  holdWords: [],
  rejectWords: [],
  judging: { disguise: 'hold' },
  maxDepth: 5,
  closeAfterDays: 0,
  floodSeconds: 15,
  submissionsPerMinute: 20,
  exportEveryDays: 0,
  exportsKept: 7,
  exportEmails: false,
  digestAboveWaiting: 20,
  digestMinutes: 15,
  attackComments: 100,
  memberMailsPerDay: 100,
  tellReaders: true,
  tellReadersAfterSeconds: 120,
  tellRejected: false,
  pagesRenderComments: false,
  timeZone: 'Asia/Jakarta',
  keptParameters: ['p', 'page_id', 'id'],
  ignoreScheme: true,
  ignoreWww: true,
  ignoreTrailingSlash: true,
  ignoreAmp: true,
}

/** A site's settings: what its row holds, which is only what was changed, over the defaults. */
export function settingsOf(changed: unknown): Settings {
  const { judging: part, ...rest } = changed as Partial<Settings>
  return Settings.parse({ ...DEFAULTS, ...rest, judging: { ...DEFAULTS.judging, ...part } })
}

/** What a site's row holds after a change: objects are merged member by member, word lists keep how their entries are matched. */
export function mergeSettings(row: Partial<Settings>, change: SettingsChange): object {
  const { judging: part, holdWords, rejectWords, ...rest } = change
  return {
    ...row,
    ...rest,
    ...(part && { judging: { ...row.judging, ...part } }),
    ...(holdWords && { holdWords: settleWords(holdWords, row.holdWords ?? []) }),
    ...(rejectWords && { rejectWords: settleWords(rejectWords, row.rejectWords ?? []) }),
  }
}

/** A site's row with its settings read. */
export const withSettings = <Row extends { settings: unknown }>(row: Row): Omit<Row, 'settings'> & { settings: Settings } => ({
  ...row,
  settings: settingsOf(row.settings),
})
