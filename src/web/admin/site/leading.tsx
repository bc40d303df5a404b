import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendText } from '../api/ask.ts'
import type { LeadAnswer } from '../api/types.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { LedList } from './led-list.tsx'

/** Old addresses led to new ones, by a table that is pasted or chosen: tried first, then done. */
export function Leading({ path }: { path: string }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [table, setTable] = useState('')
  const lead = useMutation({
    mutationFn: (dryRun: boolean) => sendText<LeadAnswer>(`${path}/redirects?dryRun=${dryRun}`, { text: table, type: 'text/csv' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['repairs', path] }),
  })
  const change = (text: string) => {
    setTable(text)
    lead.reset()
  }
  const wasTried = lead.data !== undefined && lead.variables
  return (
    <section className="stack settings" aria-label={t('admin.repair.lead')}>
      <h2>{t('admin.repair.lead')}</h2>
      <Textarea
        aria-label={t('admin.repair.lead')}
        description={t('admin.repair.leadText')}
        dir="ltr"
        rows={4}
        value={table}
        onChange={({ target }) => change(target.value)}
      />
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label={t('admin.repair.file')}
        onChange={({ target }) => void target.files?.[0]?.text().then(change)}
      />
      <div className="row">
        <Button
          variant="default"
          disabled={table.trim() === ''}
          loading={lead.isPending && lead.variables}
          onClick={() => lead.mutate(true)}
        >
          {t('admin.repair.try')}
        </Button>
        {wasTried && lead.data.led.length > 0 && <Button onClick={() => lead.mutate(false)}>{t('admin.repair.do')}</Button>}
      </div>
      {lead.error && <Failed error={lead.error} />}
      {lead.data && (
        <div role="status" className="panel stack">
          <p>{t(wasTried ? 'admin.repair.tried' : 'admin.saved')}</p>
          <LedList answer={lead.data} />
        </div>
      )}
    </section>
  )
}
