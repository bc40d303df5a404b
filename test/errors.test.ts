import { describe, expect, it } from '@jest/globals'
import { Conflict, defineError, Problem } from '../src/errors.ts'

describe('an error type', () => {
  const Closed = defineError('thread-closed', 403, 'Comments are closed')

  it('makes errors that carry its code, status and title', () => {
    expect(Closed.code).toBe('thread-closed')
    expect(Closed('Too old.')).toMatchObject({ code: 'thread-closed', status: 403, title: 'Comments are closed', message: 'Too old.' })
  })

  it('knows its own errors by their code, whoever made them', () => {
    expect(Closed.is(Closed())).toBe(true)
    expect(Closed.is(new Problem({ code: 'thread-closed', status: 403, title: 'From a worker' }))).toBe(true)
    expect(Closed.is(Conflict())).toBe(false)
    expect(Closed.is(Object.assign(new Error('of another program'), { code: 'thread-closed' }))).toBe(false)
    expect(Closed.is(null)).toBe(false)
  })
})
