import { Button } from '@mantine/core'
import { useState } from 'react'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { download } from './download.ts'
import { EVERYTHING, exportPath, ExportFields, type ExportRequest } from './export-fields.tsx'
import { LeavingPosts } from './leaving-posts.tsx'
import { KeptExports } from './kept-exports.tsx'
import { sizeIn } from './sizes.ts'

/** The history as a file, whole or in part, with how far it has come; and the exports that the server keeps. */
export default function ExportPage({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const [wish, setWish] = useState<ExportRequest>(EVERYTHING)
  const [posts, setPosts] = useState<File | null>(null)
  const [state, setState] = useState<{ bytes: number; isDone: boolean; error?: unknown } | null>(null)
  const [stop, setStop] = useState<AbortController | null>(null)

  const start = async () => {
    const controller = new AbortController()
    setStop(controller)
    setState({ bytes: 0, isDone: false })
    const path = exportPath(site, wish)
    const onBytes = (sofar: number) => setState({ bytes: sofar, isDone: false })
    try {
      const bytes = await download({ path, body: wish.format === 'wxr' ? posts : null, signal: controller.signal, onBytes })
      setState({ bytes, isDone: true })
    } catch (error) {
      setState(controller.signal.aborted ? null : { bytes: 0, isDone: false, error })
    }
    setStop(null)
  }

  return (
    <>
      <section className="panel stack">
        <h2>{t('setup.export')}</h2>
        <ExportFields wish={wish} change={(part) => setWish({ ...wish, ...part })} />
        {wish.format === 'wxr' && <LeavingPosts file={posts} onFile={setPosts} path={exportPath(site, wish, { dryRun: true })} />}
        <div className="row">
          <Button onClick={() => void start()} loading={stop !== null}>
            {t('admin.export.start')}
          </Button>
          {stop && (
            <Button variant="default" onClick={() => stop.abort()}>
              {t('embed.cancel')}
            </Button>
          )}
          <span role="status">
            {state && !state.error && t(state.isDone ? 'admin.export.done' : 'admin.export.bytes', { size: sizeIn(locale, state.bytes) })}
          </span>
        </div>
        {state && !state.error && <progress aria-label={t('setup.export')} {...(state.isDone && { value: 1 })} />}
        {state?.error !== undefined && <Failed error={state.error} />}
      </section>
      <KeptExports site={site} />
    </>
  )
}
