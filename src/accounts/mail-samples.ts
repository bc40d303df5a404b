import { AUTOMATIC as headers } from '../mail/headers.ts'
import type { Sample } from '../notifications/preview.ts'
import { memberMail } from './view/member-mail.tsx'
import { resetMail } from './view/reset-mail.tsx'

const DAY_MS = 86_400_000

/** Somebody who is to look after a site. */
export const memberSample =
  (kind: 'invited' | 'added'): Sample =>
  ({ site, publicUrl, at }) => {
    const event = kind === 'invited' ? { kind, by: 'Wati', until: new Date(at.getTime() + 7 * DAY_MS) } : { kind }
    const settings = { timeZone: site.timeZone }
    return { ...memberMail({ site: { ...site, settings }, event, role: 'moderator', href: `${publicUrl}/invitations/preview` }), headers }
  }

/** Somebody who forgot the password. */
export const resetSample: Sample = ({ site: { locale, timeZone }, publicUrl, at }) => ({
  ...resetMail({ locale, timeZone, until: new Date(at.getTime() + 3_600_000), href: `${publicUrl}/reset/preview` }),
  headers,
})
