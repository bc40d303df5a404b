import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Api } from './api.ts'
import type { Kept } from './kept.ts'
import type { Speech } from './texts.ts'

/** What every part of a widget needs. */
export interface WidgetContextValue extends Speech {
  api: Api
  kept: Kept
  /** Authors may ask to be told by mail. */
  mails: boolean | undefined
  /** Tells people who use a screen reader. */
  announce: (text: string) => void
  /** Goes up when times are to be written anew, milliseconds. */
  now: number
}

export const WidgetContext = createContext<WidgetContextValue | null>(null)

export function useWidget(): WidgetContextValue {
  const widgetContext = useContext(WidgetContext)
  if (!widgetContext) throw new Error('outside of a widget')
  return widgetContext
}
