import { Switch, Textarea, TextInput } from '@mantine/core'
import type { Settings } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { fields, type SettingName } from './fields.ts'
import { wordLine, wordsOf } from './word-lines.ts'

interface Props {
  name: SettingName
  value: Settings[SettingName]
  error: string | undefined
  change: (value: unknown) => void
}

/** One setting, with its effect in a sentence. */
export function SettingField({ name, value, error, change }: Props) {
  const { t } = useSpeech()
  if (name === 'judging') return <Disguise value={(value as Settings['judging']).disguise} change={(disguise) => change({ disguise })} />
  if (name === 'mode') return <Mode value={value as Settings['mode']} change={change} />
  const kind = fields[name]
  const said = { label: t(`admin.set.${name}`), description: t(`admin.set.${name}.text`), error }
  if (kind === 'switch') {
    return <Switch {...said} checked={value === true} onChange={({ target }) => change(target.checked)} />
  }
  if (kind === 'words') {
    const entries = value as Settings['holdWords']
    return (
      <Textarea
        {...said}
        description={
          <>
            {said.description} {t('admin.set.words.text')}
          </>
        }
        dir="auto"
        rows={Math.min(10, Math.max(3, entries.length + 1))}
        defaultValue={entries.map(wordLine).join('\n')}
        onChange={({ target }) => change(wordsOf(target.value))}
      />
    )
  }
  if (kind === 'lines') {
    const lines = value as string[]
    return (
      <Textarea
        {...said}
        dir="auto"
        rows={Math.min(10, Math.max(3, lines.length + 1))}
        defaultValue={lines.join('\n')}
        onChange={({ target }) => change(linesOf(target.value))}
      />
    )
  }
  const typed = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  if (kind === 'number') {
    return (
      <TextInput
        {...said}
        type="number"
        inputMode="numeric"
        defaultValue={typed}
        onChange={({ target }) => change(target.value === '' ? null : Number(target.value))}
      />
    )
  }
  return <TextInput {...said} defaultValue={typed} onChange={({ target }) => change(target.value)} />
}

/** What becomes of a comment in disguise. */
function Disguise({ value, change }: { value: Settings['judging']['disguise']; change: Props['change'] }) {
  const { t } = useSpeech()
  return (
    <div role="radiogroup" aria-label={t('admin.set.judging')}>
      <p>
        {t('admin.set.judging')} <span className="hint">{t('admin.set.judging.text')}</span>
      </p>
      {DISGUISE.map((each) => (
        <label key={each} className="radio">
          <input type="radio" name="disguise" checked={value === each} onChange={() => change(each)} />
          <span>{t(`admin.set.judging.${each}`)}</span>
        </label>
      ))}
    </div>
  )
}

const DISGUISE = ['hold', 'spam', 'off'] as const

/** What becomes of new comments: each choice with what it means. */
function Mode({ value, change }: { value: Settings['mode']; change: Props['change'] }) {
  const { t } = useSpeech()
  return (
    <div role="radiogroup" aria-label={t('admin.set.mode')}>
      {fields.mode.map((each) => (
        <label key={each} className="radio">
          <input type="radio" name="mode" checked={value === each} onChange={() => change(each)} />
          <span>
            {t(`admin.set.mode.${each}`)}
            <span className="hint"> {t(`admin.set.mode.${each}.text`)}</span>
          </span>
        </label>
      ))}
    </div>
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
