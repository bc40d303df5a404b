import { useMemo, useState } from 'react'
import { markup } from '../../embed/markup.ts'
import type { ModeratedComment } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { Difference } from './difference.tsx'

/** Beyond it a text is folded; it is a click away. */
const LONG = 1200

/** What readers would see, what was typed where that is something else, where its links lead, and what an edit changes. */
export function CardText({ comment }: { comment: ModeratedComment }) {
  const { t } = useSpeech()
  const { body, html } = comment.edit ?? comment
  const { text, links } = useMemo(() => readMarkup(html), [html])
  const [isWhole, setWhole] = useState(body.length <= LONG)
  const sameWords = (one: string) => one.replaceAll(/\s+/g, ' ').trim()
  return (
    <div className="text">
      <div className={isWhole ? 'prose' : 'prose folded'} dir="auto" dangerouslySetInnerHTML={markup(html)} />
      {!isWhole && (
        <button type="button" className="plain" onClick={() => setWhole(true)}>
          {t('admin.card.whole')}
        </button>
      )}
      {comment.edit && <Difference before={comment.body} after={comment.edit.body} />}
      {comment.reads !== null && !comment.edit && (
        <p className="hint">
          {t('admin.card.reads')}: <bdi>{comment.reads}</bdi>
        </p>
      )}
      {sameWords(text) !== sameWords(body) && (
        <details className="typed" open={body.length < LONG}>
          <summary>{t('decide.typed')}</summary>
          <pre dir="auto">{body}</pre>
        </details>
      )}
      {links.length > 0 && (
        <div className="links">
          <h3>{t('admin.card.links')}</h3>
          <ul>
            {links.map((link) => (
              <li key={link}>
                <bdi dir="ltr">{link}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** The words of a sanitised text and the addresses of its links, read without showing or fetching anything. */
function readMarkup(html: string): { text: string; links: string[] } {
  const { body } = new DOMParser().parseFromString(markup(html).__html, 'text/html')
  const links = [...body.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '')
  for (const block of body.querySelectorAll('p, br, li, blockquote, pre')) block.append(' ')
  for (const br of body.querySelectorAll('br')) br.after(' ')
  return { text: body.textContent, links: [...new Set(links)] }
}
