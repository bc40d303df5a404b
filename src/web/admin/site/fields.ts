import type { WordEntry } from '../../../sites/word-lists.ts'
import type { Settings } from '../api/types.ts'

/** How each setting is edited, in the order of the page. A setting that is not named here does not compile. */
export const fields = {
  mode: ['hold-all', 'hold-first', 'publish-all'],
  maxLinks: 'number',
  holdWords: 'words',
  rejectWords: 'words',
  judging: 'judging',
  closeAfterDays: 'number',
  maxDepth: 'number',
  floodSeconds: 'number',
  submissionsPerMinute: 'number',
  digestAboveWaiting: 'number',
  digestMinutes: 'number',
  attackComments: 'number',
  memberMailsPerDay: 'number',
  tellReaders: 'switch',
  tellReadersAfterSeconds: 'number',
  tellRejected: 'switch',
  timeZone: 'text',
  exportEveryDays: 'number',
  exportsKept: 'number',
  exportEmails: 'switch',
  pagesRenderComments: 'switch',
  keptParameters: 'lines',
  ignoreScheme: 'switch',
  ignoreWww: 'switch',
  ignoreTrailingSlash: 'switch',
  ignoreAmp: 'switch',
} as const satisfies { [Name in keyof Settings]: Kind<Settings[Name]> }

type Kind<Value> = [Value] extends [boolean]
  ? 'switch'
  : [Value] extends [number]
    ? 'number'
    : [Value] extends [string[]]
      ? 'lines'
      : [Value] extends [WordEntry[]]
        ? 'words'
        : [Value] extends [Settings['judging']]
          ? 'judging'
          : string extends Value
            ? 'text'
            : readonly Value[]

export type SettingName = keyof typeof fields

/** Under which headings they stand. */
export const groups = {
  judging: ['mode', 'maxLinks', 'holdWords', 'rejectWords', 'judging'],
  thread: ['closeAfterDays', 'maxDepth', 'pagesRenderComments', 'timeZone'],
  readers: ['tellReaders', 'tellReadersAfterSeconds', 'tellRejected'],
  limits: ['floodSeconds', 'submissionsPerMinute'],
  mails: ['digestAboveWaiting', 'digestMinutes', 'attackComments', 'memberMailsPerDay'],
  addresses: ['keptParameters', 'ignoreScheme', 'ignoreWww', 'ignoreTrailingSlash', 'ignoreAmp'],
  exports: ['exportEveryDays', 'exportsKept', 'exportEmails'],
} as const satisfies Record<string, SettingName[]>
