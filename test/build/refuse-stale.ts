import { refuseStale } from './stamp.ts'

/** Once before tests that run the built program and need no databases. */
export default async function start() {
  refuseStale()
}
