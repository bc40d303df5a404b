import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useSpeech } from '../speech/speech.tsx'

/** Something to answer first: the browser's own dialog, which keeps the focus and closes by Escape. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useSpeech()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div className="row">
        <h2 id={id}>{title}</h2>
        <CloseButton size="lg" aria-label={t('embed.cancel')} onClick={() => dialog.current?.close()} />
      </div>
      {children}
    </dialog>
  )
}
