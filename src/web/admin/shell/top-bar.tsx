import { Link, useLocation } from 'wouter'
import { useMe } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** The way to each place. */
export function TopBar() {
  const { t } = useSpeech()
  const [location] = useLocation()
  const { roles } = useMe()
  const owned = roles.find(({ role }) => role === 'owner')
  const site = owned?.site.key ?? roles[0]?.site.key
  const places = [
    { href: '/', text: t('admin.nav.queue'), isHere: location === '/' || location.startsWith('/comments/') },
    { href: '/overview', text: t('admin.nav.overview'), isHere: location === '/overview' },
    ...(site
      ? [{ href: `/sites/${site}/${owned ? 'settings' : 'bans'}`, text: t('admin.nav.sites'), isHere: location.startsWith('/sites/') }]
      : []),
    { href: '/account', text: t('admin.nav.account'), isHere: location === '/account' },
  ]
  return (
    <header className="top">
      <strong className="mark" aria-hidden="true">
        Balas
      </strong>
      <nav aria-label={t('admin.nav')}>
        {places.map(({ href, text, isHere }) => (
          <Link key={text} href={href} aria-current={isHere ? 'page' : undefined}>
            {text}
          </Link>
        ))}
      </nav>
    </header>
  )
}
