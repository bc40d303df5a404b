export type Values = Record<string, string | number | boolean | undefined | readonly string[]>

/** A query string of what is set. @example query({ q: 'a b', site: ['x', 'y'], url: undefined }) // '?q=a+b&site=x&site=y' */
export function query(values: Values): string {
  const parameters = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [value].flat().map((each): [string, string] => [name, String(each)]),
  )
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters)}`
}
