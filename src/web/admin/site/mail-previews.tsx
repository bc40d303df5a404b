import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/ask.ts'
import type { MailPreview } from '../api/types.ts'
import { mailKind } from '../parts/mail-kind.ts'
import { Loaded } from '../parts/states.tsx'
import { LanguageSelect } from '../speech/language-select.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** How each mail looks, in any language, with invented data. The mail is a page of its own in a frame that may do nothing. */
export function MailPreviews({ path, kinds }: { path: string; kinds: string[] }) {
  const { t, locale: spoken } = useSpeech()
  const [kind, setKind] = useState(kinds[0] ?? '')
  const [locale, setLocale] = useState<string>(spoken)
  const address = `${path}/previews/${kind}?locale=${locale}`
  const found = useQuery({ queryKey: ['mail-preview', address], queryFn: () => ask<{ preview: MailPreview }>('GET', address) })
  return (
    <section className="panel stack">
      <h2>{t('admin.mail.preview')}</h2>
      <div className="row">
        <select className="choice" aria-label={t('admin.mail.kind')} value={kind} onChange={({ target }) => setKind(target.value)}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {mailKind(t, each)}
            </option>
          ))}
        </select>
        <LanguageSelect value={locale} onChoose={setLocale} />
      </div>
      <Loaded of={found}>
        {({ preview }) => (
          <>
            <p dir="auto">
              <strong>{preview.subject}</strong>
            </p>
            <iframe className="mail" title={preview.subject} sandbox="" src={`${address}&format=html`} />
            <details>
              <summary>{t('admin.mail.plain')}</summary>
              <pre className="source" dir="auto">
                {preview.text}
              </pre>
            </details>
            <details>
              <summary>{t('admin.mail.headers')}</summary>
              <pre className="source" dir="ltr">
                {preview.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
              </pre>
            </details>
          </>
        )}
      </Loaded>
    </section>
  )
}
