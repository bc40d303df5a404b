import type { Host } from './hosts.ts'
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
    ...counted(report),
    ...about(report),
    ...notes('Skipped', report.skipped),
    ...notes('Answer nothing any more, and stand by themselves', report.orphans),
    ...notes('Came in with less', report.losses),
    ...notes('Came in as rejected', report.hidden ?? []),
    ...notes('Have the number of another comment', report.clashes ?? []),
    ...(articles.length > 0 ? ['', 'By article (new / already there / changed / left):'] : []),
    ...articles.slice(0, ARTICLES).map((one) => `  ${one.new} / ${one.same} / ${one.changed} / ${one.kept}  ${one.url}`),
    ...more(articles.length + moreArticles - Math.min(ARTICLES, articles.length)),
  ].join('\n')
}

/** What the import found when it counted at its end, and what became of addresses that lead elsewhere. */
function counted({ receipt, redirects }: NonNullable<PresentedImport['report']>): string[] {
  const number = (count: number) => count.toLocaleString('en')
  const here =
    receipt && receipt.here.decided + receipt.here.deleted > 0
      ? `; ${number(receipt.here.decided)} of them decided on or edited here, ${number(receipt.here.deleted)} deleted here`
      : ''
  return [
    ...(receipt?.ok ? ['', `Counted at the end: all ${number(receipt.comments)} comments are accounted for${here}.`] : []),
    ...(redirects ? ['', `Redirects: ${number(redirects.new)} new, ${number(redirects.same)} already there.`] : []),
    ...notes('Redirects left out', redirects?.skipped ?? []),
  ]
}

/** What there is to know about the file as a whole. */
function about({ notes: facts = [], hosts = [], moved = null }: NonNullable<PresentedImport['report']>): string[] {
  const isOdd = hosts.length > 1 || hosts.some(({ foreign }) => foreign > 0)
  return [
    ...facts.flatMap(({ reason }) => ['', reason]),
    ...(moved === null ? [] : ['', movedText(moved, hosts)]),
    ...(isOdd ? ['', "Hosts of the articles' addresses:", ...hosts.map(hostText)] : []),
  ]
}

function movedText(moved: number, hosts: Host[]): string {
  if (moved > 0) return `${moved.toLocaleString('en')} articles were moved from --from to --base.`
  const there = hosts.map(({ host }) => host).join(', ')
  return `0 articles were moved: no address begins with --from. The file's are on ${there || 'no host at all'}.`
}

const hostText = ({ host, articles, foreign }: Host) =>
  `  ${articles.toLocaleString('en')}  ${host}${foreign > 0 ? ` (${foreign.toLocaleString('en')} of them not the site's: left out)` : ''}`

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
