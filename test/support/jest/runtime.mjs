import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Runtime from 'jest-runtime'

let kept

/**
 * Jest's runtime, which keeps the program's modules and those of its dependencies from one test file to the next. Loading them takes
 * some seconds of CPU, and Jest does it for each file, so that a run spent more time on loading than on testing. Importing does nothing
 * in this program, so one copy is as good as many. The files under `test` are loaded anew, since they register hooks and keep rows.
 */
export default class KeptRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    if (kept) {
      kept.testState.state = 'loading'
      return kept
    }
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig)
    this.ownFolders = [join(config.rootDir, 'test/'), pathToFileURL(join(config.rootDir, 'test/')).href, '@jest/globals/']
    kept = this
  }

  /** After a file: forgets what belongs to it, and Jest's own modules, which know the file. */
  teardown() {
    const { moduleRegistry, esModuleRegistry, internalModuleRegistry } = this.registries
    for (const registry of [moduleRegistry, esModuleRegistry]) {
      for (const [key, module] of registry) {
        if (module.status === 'errored' || this.ownFolders.some((folder) => key.startsWith(folder))) registry.delete(key)
      }
    }
    internalModuleRegistry.clear()
    this.restoreAllMocks()
    this.jestGlobals.clearJestObjectCache()
    this.testMainModule.reset()
    this.v8Coverage.reset()
    this.testState.teardown()
  }
}
