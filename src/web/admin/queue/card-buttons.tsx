import { Link } from 'wouter'
import type { Decision, ModeratedComment } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import type { CardActions } from './card.tsx'

const DECISIONS = ['approve', 'reject', 'spam', 'hold'] as const
const LEADS_TO = { approve: 'approved', reject: 'rejected', spam: 'spam', hold: 'pending' } as const

/** The decisions that would change something; about a waiting edit, all of them. */
export const offeredFor = ({ edit, status }: ModeratedComment): Decision[] =>
  DECISIONS.filter((decision) => edit || LEADS_TO[decision] !== status)

/**
 * The buttons of a card: decisions first, and big enough for thumbs on phones. They are the browser's own, in the library's looks: a
 * dozen cards come into view within one turn of the wheel, and the library's buttons would be half of what those cost.
 */
export function CardButtons({ comment, actions }: { comment: ModeratedComment; actions: CardActions }) {
  const { t } = useSpeech()
  const { id } = comment
  return (
    <footer>
      {offeredFor(comment).map((decision) => (
        <button
          key={decision}
          type="button"
          className={decision === 'approve' ? 'act first' : 'act'}
          aria-keyshortcuts={decision[0]}
          onClick={() => actions.decide(comment, decision)}
        >
          {t(`admin.do.${decision}`)}
        </button>
      ))}
      <span className="gap" />
      <button type="button" className="act quiet" aria-keyshortcuts="e" onClick={() => actions.open({ id, what: 'edit' })}>
        {t('embed.edit')}
      </button>
      <button type="button" className="act quiet" aria-keyshortcuts="m" onClick={() => actions.open({ id, what: 'reply' })}>
        {t('comment.reply')}
      </button>
      {actions.toggle && (
        <Link href={`/comments/${id}`} className="act quiet" aria-keyshortcuts="o">
          {t('admin.do.details')}
        </Link>
      )}
    </footer>
  )
}
