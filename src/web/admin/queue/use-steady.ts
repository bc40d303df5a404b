import { useRef, useState } from 'react'

type Actions<Names extends string> = Record<Names, (...input: never[]) => unknown>

/** The same functions for as long as the component lives, which do what the newest ones do: what they are handed to need not be made anew. */
export function useSteady<Steady extends Actions<keyof Steady & string>>(actions: Steady): Steady {
  const newest = useRef(actions)
  newest.current = actions
  const [steady] = useState(() => {
    const names = Object.keys(actions) as (keyof Steady & string)[]
    return Object.fromEntries(names.map((name) => [name, (...input: never[]) => newest.current[name](...input)])) as Steady
  })
  return steady
}
