import { lazy } from 'react'
import { Link, useLocation } from 'wouter'
import { useMe, useRole } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { BansPage } from './bans-page.tsx'

const SettingsPage = lazy(() => import('./settings-page.tsx'))
const MembersPage = lazy(() => import('./members-page.tsx'))
const KeysPage = lazy(() => import('./keys-page.tsx'))
const AddressesPage = lazy(() => import('./addresses-page.tsx'))
const ImportPage = lazy(() => import('./import-page.tsx'))
const WebhooksPage = lazy(() => import('./webhooks-page.tsx'))
const ExportPage = lazy(() => import('./export-page.tsx'))
const MailPage = lazy(() => import('./mail-page.tsx'))
const JudgingPage = lazy(() => import('./judging-page.tsx'))
const ChangesPage = lazy(() => import('./changes-page.tsx'))

const PARTS = {
  settings: SettingsPage,
  judging: JudgingPage,
  members: MembersPage,
  keys: KeysPage,
  webhooks: WebhooksPage,
  bans: BansPage,
  addresses: AddressesPage,
  mail: MailPage,
  export: ExportPage,
  import: ImportPage,
  changes: ChangesPage,
} as const
type Part = keyof typeof PARTS
const FOR_MODERATORS: ReadonlySet<Part> = new Set(['judging', 'bans', 'mail'])

/** All that belongs to one site. Moderators see what it judges by, its bans and mails; owners everything. */
export default function SitePage({ site, part }: { site: string; part: string }) {
  const { t } = useSpeech()
  const [, navigate] = useLocation()
  const { roles } = useMe()
  const isOwner = useRole(site) === 'owner'
  const parts = (Object.keys(PARTS) as Part[]).filter((each) => isOwner || FOR_MODERATORS.has(each))
  const here = parts.find((each) => each === part) ?? 'bans'
  const Page = PARTS[here]
  return (
    <div className="page">
      <div className="row">
        <h1>
          <bdi>{roles.find((each) => each.site.key === site)?.site.name ?? site}</bdi>
        </h1>
        {roles.length > 1 && (
          <select
            className="choice"
            aria-label={t('admin.search.site')}
            value={site}
            onChange={({ target }) => navigate(`/sites/${target.value}/${here}`)}
          >
            {roles.map((role) => (
              <option key={role.site.key} value={role.site.key}>
                {role.site.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <nav className="side" aria-label={t('admin.nav.sites')}>
        {parts.map((each) => (
          <Link key={each} href={`/sites/${site}/${each}`} aria-current={each === here ? 'page' : undefined}>
            {t(`admin.site.${each}`)}
          </Link>
        ))}
      </nav>
      <Page site={site} />
    </div>
  )
}
