import { numberIn } from '../../embed/numbers.ts'

/** A file's size for people. */
export const sizeIn = (locale: string, bytes: number) => `${numberIn(locale, Math.ceil(bytes / 1024))} KB`
