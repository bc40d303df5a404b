import { Kbd } from '@mantine/core'
import { Dialog } from '../parts/dialog.tsx'
import { useSpeech } from '../speech/speech.tsx'

const KEYS = [
  ['j k', 'admin.help.move'],
  ['a', 'admin.do.approve'],
  ['r', 'admin.do.reject'],
  ['s', 'admin.do.spam'],
  ['h', 'admin.do.hold'],
  ['e', 'embed.edit'],
  ['m', 'comment.reply'],
  ['u', 'admin.undo'],
  ['x', 'admin.help.select'],
  ['o', 'admin.do.details'],
  ['/', 'admin.search.go'],
  ['?', 'admin.help.title'],
] as const

/** The keys and what they do. */
export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech()
  return (
    <Dialog onClose={onClose} title={t('admin.help.title')}>
      <dl className="help">
        {KEYS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
