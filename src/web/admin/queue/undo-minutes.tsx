import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import { useSpeech } from '../speech/speech.tsx'

const MINUTES = 10

/** Takes back everything that one decided lately, in this window or another; asked once more, since that may be a hundred decisions. */
export function UndoMinutes({ onSure }: { onSure: (minutes: number) => Promise<void> }) {
  const { t } = useSpeech()
  const [isAsked, setAsked] = useState(false)
  const undo = useMutation({ mutationFn: () => onSure(MINUTES), onSettled: () => setAsked(false) })
  return (
    <>
      <Button variant="subtle" onClick={() => setAsked(true)}>
        {t('admin.undo')} …
      </Button>
      {isAsked && (
        <Dialog title={t('admin.undo.minutes', { n: MINUTES })} onClose={() => setAsked(false)}>
          <div className="row">
            <Button loading={undo.isPending} onClick={() => undo.mutate()}>
              {t('admin.undo')}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('embed.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
