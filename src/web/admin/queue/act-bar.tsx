import { Button } from '@mantine/core'
import { explain } from '../parts/explain.ts'
import { useSpeech } from '../speech/speech.tsx'
import { useSaid } from './last-act.ts'

/** What was done last, said aloud too, and the way to take it back. */
export function ActBar({ undo }: { undo: () => void }) {
  const { t } = useSpeech()
  const said = useSaid()
  return (
    <div className="bar acts">
      <p role="status">
        {said && 'act' in said && said.act.kind === 'one' && t(`admin.done.${said.act.decision}`, { name: said.act.name })}
        {said &&
          'act' in said &&
          said.act.kind === 'batch' &&
          t('admin.done.many', { n: said.act.ids.length, what: t(`admin.do.${said.act.decision}`) })}
        {said && 'text' in said && `${said.text} ${said.error === undefined ? '' : explain(said.error, t)}`}
      </p>
      {said && (
        <Button size="sm" variant="default" aria-keyshortcuts="u" onClick={undo}>
          {t('admin.undo')}
        </Button>
      )}
    </div>
  )
}
