import type { StoredVerdict } from '../../../spam/codes.ts'
import type { CommentPage } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** What was done, as the buttons for it say. */
const ACTIONS = {
  approve: 'admin.do.approve',
  reject: 'admin.do.reject',
  spam: 'admin.do.spam',
  hold: 'admin.do.hold',
  edit: 'embed.edit',
  undo: 'admin.undo',
  'dismiss-reports': 'admin.comment.dismiss',
  submit: 'admin.comment.written',
} as const
/** The history's name for who wrote the comment. */
const AUTHOR = 'author'
const STATUSES = ['pending', 'approved', 'rejected', 'spam'] as const

/** How it came to stand where it stands: what each check said, and what was done since. */
export function Trace({ history, verdicts }: Pick<CommentPage, 'history' | 'verdicts'>) {
  const { t } = useSpeech()
  const statusName = (status: string) => {
    const known = STATUSES.find((each) => each === status)
    return known ? t(`admin.status.${known}`) : status
  }
  const actionName = (action: string) => (Object.hasOwn(ACTIONS, action) ? t(ACTIONS[action as keyof typeof ACTIONS]) : action)
  return (
    <div className="two">
      <section>
        <h2>{t('admin.comment.history')}</h2>
        <ol className="lines">
          {history.map(({ at, actor, action, from, to, reason, via }) => (
            <li key={`${at} ${action}`}>
              <bdi>{actor === AUTHOR ? t('decide.author') : actor}</bdi> · {actionName(action)}{' '}
              {from !== to && `· ${from === null ? '' : `${statusName(from)} → `}${statusName(to)}`}{' '}
              <span className="hint">
                <Moment at={at} />
                {via && ` · ${t(`admin.via.${via}`)}`}
              </span>
              {reason && <p>{reason}</p>}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>{t('admin.comment.trace')}</h2>
        <Verdicts verdicts={verdicts as StoredVerdict[]} />
      </section>
    </div>
  )
}
