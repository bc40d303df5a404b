import type { HookFormat } from './format.ts'
import { generic } from './generic.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'
import type { HookFormatName } from '../names.ts'

const formats: Record<HookFormatName, HookFormat> = { generic, slack, telegram }

export const hookFormatOf = (name: HookFormatName): HookFormat => formats[name]
