import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Landings, ThreadLanding } from '../../../transfer/leaving/landings.ts'
import { numberIn } from '../../embed/numbers.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { DropZone } from './drop-zone.tsx'
import { sendFile } from './send-file.ts'

/** As many articles as somebody looks through; those without a post come first. */
const SHOWN = 200

interface Props {
  file: File | null
  onFile: (file: File) => void
  /** Where the file is sent to have it told where comments land. */
  path: string
}

/** WordPress's own export beside ours: comments go to the posts that are there, and a try says which. */
export function LeavingPosts({ file, onFile, path }: Props) {
  const { t } = useSpeech()
  const [state, setState] = useState<{ isRunning?: boolean; landings?: Landings; error?: unknown }>({})
  const look = async (posts: File) => {
    setState({ isRunning: true })
    try {
      setState({ landings: (await sendFile({ path, file: posts, signal: new AbortController().signal })) as Landings })
    } catch (error) {
      setState({ error })
    }
  }
  return (
    <>
      <DropZone
        label={t('admin.export.posts')}
        hint={t('admin.export.postsDrop')}
        file={file}
        onFile={(chosen) => {
          onFile(chosen)
          setState({})
        }}
      />
      <p className="hint">{t('admin.export.postsText')}</p>
      {file && (
        <div className="row">
          <Button variant="default" loading={state.isRunning ?? false} onClick={() => void look(file)}>
            {t('admin.export.try')}
          </Button>
        </div>
      )}
      {state.error !== undefined && <Failed error={state.error} />}
      <div role="status">{state.landings && <Found landings={state.landings} />}</div>
    </>
  )
}

function Found({ landings: { threads, landed, drafts, comments, existing } }: { landings: Landings }) {
  const { t, locale } = useSpeech()
  const number = (count: number) => numberIn(locale, count)
  const first = threads.toSorted((one, other) => Number(one.post !== null) - Number(other.post !== null)).slice(0, SHOWN)
  const sums = { landed: number(landed), drafts: number(drafts), comments: number(comments), existing: number(existing) }
  return (
    <>
      <p>{t('admin.export.landed', sums)}</p>
      <ol className="lines">
        {first.map((landing) => (
          <Landing key={landing.id} landing={landing} />
        ))}
        {threads.length > SHOWN && <li>…</li>}
      </ol>
    </>
  )
}

function Landing({ landing: { url, post } }: { landing: ThreadLanding }) {
  const { t } = useSpeech()
  return (
    <li>
      <bdi dir="ltr">{url}</bdi>{' '}
      <span className="hint">
        {post ? (
          <>
            → {post.id} <bdi>{post.title}</bdi>
          </>
        ) : (
          t('admin.export.draft')
        )}
      </span>
    </li>
  )
}
