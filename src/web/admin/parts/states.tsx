import { Alert, Button, Loader } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSpeech } from '../speech/speech.tsx'
import { explain } from './explain.ts'

/** Something is on its way. */
export function Loading() {
  const { t } = useSpeech()
  return (
    <div className="loading" role="status">
      <Loader size="sm" aria-hidden />
      <span>{t('admin.loading')}</span>
    </div>
  )
}

/** It did not work: why, and another try where that can help. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useSpeech()
  return (
    <Alert color="red" variant="light" role="alert" className="failed">
      <p>{explain(error, t)}</p>
      {retry && (
        <Button variant="default" size="compact-md" onClick={retry}>
          {t('embed.retry')}
        </Button>
      )}
    </Alert>
  )
}

/** What a query gives, or how it stands. */
export function Loaded<Data>({ of, children }: { of: UseQueryResult<Data>; children: (data: Data) => ReactNode }) {
  if (of.data !== undefined) return children(of.data)
  return of.error ? <Failed error={of.error} retry={() => void of.refetch()} /> : <Loading />
}
