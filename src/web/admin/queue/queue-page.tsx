import { useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Decision, ModeratedComment } from '../api/types.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { useMe } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { ActBar } from './act-bar.tsx'
import { CommentList, type ListHandle } from './comment-list.tsx'
import { type Filter, readFilter, writeFilter } from '../../../moderation/page-filter.ts'
import { Help } from './help.tsx'
import { Newer } from './newer.tsx'
import { SearchBar } from './search-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useCardStates } from './card-state.ts'
import { SwipeHint } from './swipe-hint.tsx'
import { Tabs } from './tabs.tsx'
import { useCounts } from './use-counts.ts'
import { useCursor } from './use-cursor.ts'
import { useDecide } from './use-decide.ts'
import { useKeys } from './use-keys.ts'
import { useQueue } from './use-queue.ts'
import { useSteady } from './use-steady.ts'

export type Opened = { id: string; what: 'edit' | 'reply' } | null

/** The queue: tabs, search, the cards, and what can be done about them by key, button and thumb. */
export function QueuePage() {
  const { t } = useSpeech()
  const search = useSearch()
  const filter = useMemo(() => readFilter(search), [search])
  const [, navigate] = useLocation()
  const show = (next: Filter) => navigate(`/${writeFilter(next)}`)
  const counts = useCounts(filter.site)
  const queue = useQueue(filter)
  const shown = useShown(queue.comments, filter)
  const cursor = useCursor(shown)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<Opened>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const list = useRef<ListHandle>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const decisions = useDecide()
  const { roles } = useMe()

  const { appendNewcomers } = queue
  const waiting = counts?.pending
  useEffect(() => {
    if (filter.tab === 'pending' && waiting !== undefined) void appendNewcomers()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the count changes
  }, [waiting])
  useEffect(() => {
    setSelected(new Set())
    setOpened(null)
  }, [filter])

  const move = (by: number) => {
    const to = cursor.isSet ? cursor.index + by : 0
    cursor.moveTo(to)
    list.current?.show(Math.max(0, Math.min(to, shown.length - 1)))
  }
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const decide = (comment: ModeratedComment, decision: Decision) => {
    cursor.put(comment.id)
    list.current?.show(shown.indexOf(comment))
    void decisions.decide(comment, decision)
  }
  const actions = useSteady({ decide, toggle, open: setOpened, enter: cursor.put })
  const decideSelected = (decision: Decision) => {
    void decisions.decideMany(
      shown.filter(({ id }) => selected.has(id)),
      decision,
    )
    setSelected(new Set())
  }
  const undo = async () => {
    const id = await decisions.undo()
    if (id) cursor.put(id)
  }
  /** Keys act on the card that is marked; the first key only marks one, so that nothing happens to a card that nobody looked at. */
  const onCard = (act: (comment: ModeratedComment) => void) => () => (cursor.isSet && cursor.current ? act(cursor.current) : move(0))
  const byKey = (decision: Decision) =>
    selected.size > 0 ? () => decideSelected(decision) : onCard((comment) => decide(comment, decision))
  const opening = (what: 'edit' | 'reply') => onCard(({ id }) => setOpened({ id, what }))

  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    a: byKey('approve'),
    r: byKey('reject'),
    s: byKey('spam'),
    h: byKey('hold'),
    e: opening('edit'),
    m: opening('reply'),
    u: () => void undo(),
    x: onCard(({ id }) => toggle(id)),
    o: onCard(({ id }) => navigate(`/comments/${id}`)),
    '/': () => searchField.current?.focus(),
    '?': () => setHelpOpen(true),
    Escape: () => setSelected(new Set()),
  })

  return (
    <div className="queue">
      <h1 className="unseen">{t('admin.nav.queue')}</h1>
      <Tabs filter={filter} counts={counts} show={show} />
      <SearchBar
        key={search}
        filter={filter}
        show={show}
        field={searchField}
        sites={roles.map(({ site }) => site)}
        onHelp={() => setHelpOpen(true)}
        onUndoMinutes={decisions.undoMinutes}
      />
      <Newer key={filter.tab} filter={filter} counts={counts} />
      {shown.length > 0 && <SwipeHint />}
      {queue.isPending && <Loading />}
      {queue.error && <Failed error={queue.error} retry={() => void queue.refetch()} />}
      {queue.isSuccess && shown.length === 0 && !queue.hasNextPage && (
        <p className="empty">{t(filter.tab === 'pending' ? 'admin.queue.empty' : 'admin.queue.none')}</p>
      )}
      <CommentList
        ref={list}
        comments={shown}
        cursor={cursor}
        selected={selected}
        opened={opened}
        isWhole={!queue.hasNextPage}
        isFetching={queue.isFetchingNextPage}
        onEnd={() => queue.hasNextPage && !queue.isFetchingNextPage && void queue.fetchNextPage()}
        actions={actions}
      />
      {selected.size > 0 && (
        <SelectionBar
          filter={filter}
          selected={selected.size}
          loaded={shown.length}
          total={knownTotal({ filter, counts, loaded: queue.hasNextPage ? undefined : shown.length })}
          onAll={() => setSelected(new Set(shown.slice(0, 500).map(({ id }) => id)))}
          onNone={() => setSelected(new Set())}
          onDecide={decideSelected}
        />
      )}
      <ActBar undo={() => void undo()} />
      {isHelpOpen && <Help onClose={() => setHelpOpen(false)} />}
    </div>
  )
}

/** The list as it stands now: what was decided and does not belong to it any more is away, what came back is as the server has it. */
function useShown(comments: ModeratedComment[] | undefined, { tab }: Filter): ModeratedComment[] {
  const cardStates = useCardStates()
  return useMemo(() => {
    const known = ({ id, version }: ModeratedComment) => {
      const cardState = cardStates.get(id)
      return cardState && (cardState.comment?.version ?? version) >= version ? cardState : undefined // else the list is newer
    }
    const isAway = (comment: ModeratedComment) => {
      const decided = known(comment)?.decided
      return decided !== undefined && tab !== 'all' && STATUS[decided] !== tab
    }
    return (comments ?? []).filter((comment) => !isAway(comment)).map((comment) => known(comment)?.comment ?? comment)
  }, [comments, cardStates, tab])
}

const STATUS = { approve: 'approved', reject: 'rejected', spam: 'spam', hold: 'pending' } as const

function knownTotal({ filter, counts, loaded }: { filter: Filter; counts: ReturnType<typeof useCounts>; loaded: number | undefined }) {
  if (loaded !== undefined) return loaded
  const isPlain = Object.keys(filter).every((name) => name === 'tab' || name === 'site')
  return isPlain && filter.tab !== 'all' ? counts?.[filter.tab] : undefined
}
