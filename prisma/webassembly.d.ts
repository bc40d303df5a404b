/** The part of WebAssembly that the schema engine's instantiation needs; Node's own types leave it to the browser's. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>
  type ModuleImports = Record<string, unknown>
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }
  function compile(bytes: Uint8Array): Promise<Module>
  function instantiate(module: Module, imports: Record<string, ModuleImports>): Promise<{ exports: Exports }>
}
