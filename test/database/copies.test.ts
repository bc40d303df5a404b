import { describe, expect, it } from '@jest/globals'
import { createCopies } from '../../src/database/copies.ts'

interface Row {
  text: string
}

function later<T>() {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (value: T) => settle?.resolve(value), reject: (error: Error) => settle?.reject(error) }
}

/** A read that ends when the test says so. */
function pendingRead() {
  const { promise, resolve, reject } = later<Row>()
  let asked = 0
  const find = () => {
    asked++
    return promise
  }
  return { find, end: (text: string) => resolve({ text }), fail: () => reject(new Error('away')), asked: () => asked }
}

const found = (text: string) => async (): Promise<Row> => ({ text })
const notAsked = async (): Promise<Row> => {
  throw new Error('read again')
}
const begun = () => createCopies<Row>({ max: 10 })

describe('a copy', () => {
  it('is kept until it is dropped', async () => {
    const copies = begun()
    await copies.read('a', found('first'))
    expect(await copies.read('a', notAsked)).toEqual({ text: 'first' })
    expect(copies.peek('a')).toEqual({ text: 'first' })
    copies.drop('a')
    expect(copies.peek('a')).toBeUndefined()
    expect(await copies.read('a', found('second'))).toEqual({ text: 'second' })
  })

  it('is read once for all who ask at the same time', async () => {
    const copies = begun()
    const read = pendingRead()
    const both = [copies.read('a', read.find), copies.read('a', notAsked)]
    read.end('one')
    expect(await Promise.all(both)).toEqual([{ text: 'one' }, { text: 'one' }])
    expect(read.asked()).toBe(1)
  })

  it('is handed to those who wait for it in the order in which they asked', async () => {
    const copies = begun()
    const read = pendingRead()
    const order: string[] = []
    const all = ['first', 'second', 'third'].map((who) => copies.read('a', read.find).then(() => order.push(who)))
    read.end('one')
    await Promise.all(all)
    expect(order).toEqual(['first', 'second', 'third'])
  })

  it('is read by each who must read alone', async () => {
    const copies = begun()
    const others = pendingRead()
    const theirs = copies.read('a', others.find, { alone: true })
    const refused = theirs.catch((error: Error) => error.message)
    expect(await copies.read('a', found('mine'), { alone: true })).toEqual({ text: 'mine' })
    others.fail()
    expect(await refused).toBe('away')
    expect(copies.peek('a')).toEqual({ text: 'mine' })
  })

  it.each([
    ['by its name', (copies: ReturnType<typeof begun>) => copies.drop('a')],
    ['with all', (copies: ReturnType<typeof begun>) => copies.dropAll()],
  ])('that was dropped while it was read (%s) is not kept, nor given to who asks after that', async (_how, drop) => {
    const copies = begun()
    const read = pendingRead()
    const before = copies.read('a', read.find)
    drop(copies)
    expect(await copies.read('a', found('new'))).toEqual({ text: 'new' })
    read.end('old')
    expect(await before).toEqual({ text: 'old' })
    expect(copies.peek('a')).toEqual({ text: 'new' })
  })

  it('is kept though another one is dropped while it is read', async () => {
    const copies = begun()
    const read = pendingRead()
    const asked = copies.read('a', read.find)
    copies.drop('b')
    read.end('same')
    await asked
    expect(copies.peek('a')).toEqual({ text: 'same' })
  })

  it('is read anew after a read that failed', async () => {
    const copies = begun()
    const read = pendingRead()
    const refused = copies.read('a', read.find).catch((error: Error) => error.message)
    read.fail()
    expect(await refused).toBe('away')
    expect(await copies.read('a', found('there'))).toEqual({ text: 'there' })
  })
})

describe('copies', () => {
  it('that are read together are kept but for those that were dropped meanwhile', async () => {
    const copies = begun()
    const { promise, resolve } = later<Map<string, Row>>()
    const asked = copies.readMany(['a', 'b'], () => promise)
    copies.drop('b')
    resolve(new Map(['a', 'b'].map((name) => [name, { text: name }])))
    expect([...(await asked).keys()]).toEqual(['a', 'b'])
    expect([copies.peek('a'), copies.peek('b')]).toEqual([{ text: 'a' }, undefined])
  })

  it('of a group are dropped together, also while they are read', async () => {
    const copies = createCopies<Row>({ max: 10, groupOf: (name) => name.charAt(0) })
    await copies.read('a1', found('kept'))
    await copies.read('b1', found('other'))
    const read = pendingRead()
    const asked = copies.read('a2', read.find)
    copies.drop('a')
    read.end('late')
    await asked
    expect(['a1', 'a2', 'b1'].map((name) => copies.peek(name)?.text)).toEqual([undefined, undefined, 'other'])
  })
})
