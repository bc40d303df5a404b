import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { timeOf } from '../../ids.ts'

/**
 * The UUIDv7 of something that is always the same thing: the same `of` gives the same id. Ids of one time sort by `place`, a whole
 * number below 2^32.
 */
export const idOf = ({ at, place, of }: { at: Date; place: number; of: string }): string =>
  v7({ msecs: at.getTime(), seq: place, random: createHash('sha256').update(of).digest() })

/** Whether something is an id of ours for something of this time, in milliseconds. */
export const isIdAt = (id: string, ms: number): boolean => ID.test(id) && timeOf(id) === ms
export const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
