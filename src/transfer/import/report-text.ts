import type { Example, Noted } from './notes.ts'
import type { PresentedImport } from './present.ts'

const ARTICLES = 20

/** An import's report for people at a terminal. */
export function describeReport({ state, dryRun, report, problem }: PresentedImport): string {
  const head = problem ? [`${problem.title}: ${problem.detail}`] : [dryRun ? 'Dry run: nothing was written.' : `The import is ${state}.`]
  if (!report) return head.join('\n')
  const { comments, threads, retied, articles, moreArticles } = report
  const figures = [
    ['comments read', comments.read],
    ['new', comments.new],
    ['already there', comments.same],
    ['changed there, taken over', comments.changed],
    ['changed there and here, left as it is', comments.kept],
    ['skipped', comments.skipped],
    ['articles new', threads.new],
    ['articles already there', threads.same],
    ['replies before what they answer, tied again', retied],
  ] as const
  return [
    ...head,
    ...figures.map(([name, count]) => `${count.toLocaleString('en').padStart(12)}  ${name}`),
    ...notes('Skipped', report.skipped),
    ...notes('Answer nothing any more, and stand by themselves', report.orphans),
    ...notes('Came in with less', report.losses),
    ...(articles.length > 0 ? ['', 'By article (new / already there / changed / left):'] : []),
    ...articles.slice(0, ARTICLES).map((one) => `  ${one.new} / ${one.same} / ${one.changed} / ${one.kept}  ${one.url}`),
    ...more(articles.length + moreArticles - Math.min(ARTICLES, articles.length)),
  ].join('\n')
}

const more = (count: number) => (count > 0 ? [`  and ${count.toLocaleString('en')} more`] : [])

const notes = (title: string, kinds: Noted[]) =>
  kinds.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...kinds.map(({ reason, count, examples }) => `  ${count.toLocaleString('en')}: ${reason} (${placesOf(examples, count)})`),
      ]

const placesOf = (examples: Example[], count: number) => examples.map(placeOf).join('; ') + (count > examples.length ? '; ...' : '')

/** Where people find a record again. */
function placeOf({ id, line, column, row }: Example): string {
  const where = [row, line === undefined ? undefined : `line ${line}`, column === undefined ? undefined : `column ${column}`].filter(
    Boolean,
  )
  return [...where, ...(id === null ? [] : [`id ${id}`])].join(', ')
}
