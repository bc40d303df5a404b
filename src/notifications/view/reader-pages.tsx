import type { ComponentChildren } from 'preact'
import { renderSmallPage } from '../../http/small-page.tsx'
import type { Translate } from '../../locales/index.ts'

export interface ReaderPageProps {
  t: Translate
  locale: string
  siteName: string
  /** The reader's address, masked. */
  email: string
}

/** The page behind the link of the mail that asks whether somebody wants mails. Its one button posts to its own address. */
export function confirmPage({ isConfirmed, ...props }: ReaderPageProps & { isConfirmed: boolean }): string {
  const { t, siteName: site } = props
  return readerPage({
    ...props,
    title: t(isConfirmed ? 'follow.confirm.done' : 'follow.confirm.title'),
    children: isConfirmed ? (
      <div class="notice" role="status">
        <p>{t('follow.confirm.doneText', { site })}</p>
      </div>
    ) : (
      <>
        <p class="lead">{t('follow.confirm.text', { site })}</p>
        <form method="post">
          <button class="big approve" type="submit">
            {t('follow.confirm.button')}
          </button>
        </form>
      </>
    ),
  })
}

const WIDER = ['thread', 'site', 'server'] as const
type Stop = (typeof WIDER)[number]

/** The page on which a reader stops mails, of a thread, a site or all of them, or has them again. Each button is a form of its own. */
export function stopPage({
  path,
  stopped,
  isConfirmed,
  ...props
}: ReaderPageProps & {
  /** The path of this page; what a button does stands behind it. */
  path: string
  /** What is stopped already. */
  stopped: Stop | null
  isConfirmed: boolean
}): string {
  const { t, siteName: site } = props
  const left = WIDER.slice(stopped === null ? 0 : WIDER.indexOf(stopped) + 1)
  const lead = isConfirmed ? 'follow.stop.on' : 'follow.stop.unconfirmed'
  return readerPage({
    ...props,
    title: t('follow.stop.title'),
    children: (
      <>
        {stopped === null ? (
          <p class="lead">{t(lead, { site })}</p>
        ) : (
          <div class="notice" role="status">
            <p>{t(`follow.stopped.${stopped}`, { site })}</p>
          </div>
        )}
        {left.map((choice) => (
          <Choice key={choice} path={`${path}/${choice}`} text={t(`follow.stop.${choice}`, { site })} />
        ))}
        {stopped !== null && <Choice path={`${path}/resume`} text={t('follow.stop.resume')} />}
      </>
    ),
  })
}

function Choice({ path, text }: { path: string; text: string }) {
  return (
    <form method="post" action={path}>
      <p>
        <button type="submit">{text}</button>
      </p>
    </form>
  )
}

/** The page for a link that is not whole, or of somebody who is not known any more. */
export function unknownReaderPage({ t, locale, siteName }: Omit<ReaderPageProps, 'email'>): string {
  return readerPage({ t, locale, siteName, title: t('follow.invalid'), children: <p class="lead">{t('follow.invalidText')}</p> })
}

function readerPage({
  t,
  locale,
  siteName,
  email,
  title,
  children,
}: Omit<ReaderPageProps, 'email'> & { email?: string; title: string; children: ComponentChildren }): string {
  return renderSmallPage({
    locale,
    siteName,
    title,
    children: (
      <>
        {email !== undefined && <p class="meta">{t('follow.for', { email })}</p>}
        {children}
      </>
    ),
  })
}
