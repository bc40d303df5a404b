import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { id } from './id.ts'
import type { Locale, Messages } from './index.ts'
import { ja } from './ja.ts'
import { ms } from './ms.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

const texts: Record<Locale, Messages> = { en, id, ms, de, fr, es, pt, nl, ja, zh, ar }

/**
 * All texts of a language. The build puts another file in the place of this one, which reads a language when it is asked for
 * (build/locale-files.ts): an object of two thousand names costs V8 many times its size while it is made.
 */
export const textsOf = (locale: Locale): Messages => texts[locale]
