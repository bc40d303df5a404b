import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Counts } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import type { Filter } from '../../../moderation/page-filter.ts'

/** Above a list that begins with the newest: says that more have come in, and shows them only when asked to. */
export function Newer({ filter: { tab }, counts }: { filter: Filter; counts: Counts | undefined }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const now = tab === 'pending' || tab === 'all' ? undefined : counts?.[tab]
  const [seen, setSeen] = useState(now)
  if (seen === undefined && now !== undefined) setSeen(now)
  if (now === undefined || seen === undefined || now <= seen) return null
  const show = () => {
    setSeen(now)
    void client.resetQueries({ queryKey: ['queue'] })
  }
  return (
    <Button variant="default" onClick={show}>
      {t('admin.queue.newer')}
    </Button>
  )
}
