import { Button } from '@mantine/core'
import { exactIn } from '../../embed/numbers.ts'
import type { Invitation } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'

interface Props {
  invitations: Invitation[]
  act: (act: { method: 'POST' | 'DELETE'; part: string }) => void
}

/** Invitations that nobody has accepted yet. */
export function Invitations({ invitations, act }: Props) {
  const { t, locale } = useSpeech()
  if (invitations.length === 0) return null
  return (
    <section>
      <h2>{t('admin.members.invited')}</h2>
      <ul className="lines">
        {invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="row">
            <span style={{ flex: '1 1 14rem' }}>
              <bdi dir="ltr">{email}</bdi> · {t(`admin.role.${role === 'owner' ? 'owner' : 'moderator'}`)}
              <p className="hint">{t('admin.until', { date: exactIn(locale, expiresAt) })}</p>
            </span>
            <Button variant="default" onClick={() => act({ method: 'POST', part: `invitations/${id}/resend` })}>
              {t('embed.sendAgain')}
            </Button>
            <Button variant="default" onClick={() => act({ method: 'DELETE', part: `invitations/${id}` })}>
              {t('admin.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
