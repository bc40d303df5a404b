import NodeEnvironment from 'jest-environment-node'

/** Where jest-circus keeps who hears of its events; it adds its own to those of the file before. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS')

let kept

/** One global scope for all test files that a worker process runs, so that modules which live in it can be kept (runtime.mjs). */
export default class KeptEnvironment extends NodeEnvironment {
  constructor(...given) {
    if (kept) return kept
    super(...given)
    kept = this
  }

  /** After a file: real timers again; the scope stays. */
  async teardown() {
    this.fakeTimers.dispose()
    this.fakeTimersModern.dispose()
    delete this.global[EVENT_HANDLERS]
  }
}
