// A worker thread runs no TypeScript by itself.
import { register } from 'tsx/esm/api'

register()
await import('./tasks.ts')
