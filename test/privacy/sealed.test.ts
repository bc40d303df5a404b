import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { blindIndex, CannotUnseal, emailIndex, maskEmail, networkIndex, networkOf, aadOf, seal, unseal } from '../../src/privacy/sealed.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'

const keys = deriveKeys('a secret that only tests know')
const others = deriveKeys('another secret of the tests')
const here = aadOf('Comment.email', 'row-1')

describe('a sealed value', () => {
  it('opens at its place with its secret, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) =>
        expect(unseal({ keys, aad: here, sealed: seal({ keys, aad: here, value }) })).toBe(value),
      ),
    )
  })

  it('is another each time, and begins with the name of its secret', () => {
    const [one, two] = [seal({ keys, aad: here, value: 'budi@pembaca.example' }), seal({ keys, aad: here, value: 'budi@pembaca.example' })]
    expect(one).not.toBe(two)
    expect(one).toMatch(new RegExp(`^${keys.id}\\.[\\w-]+$`))
    expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain('budi')
  })

  it('opens nowhere else, with no other secret, and not when any bit of it is changed', () => {
    const sealed = seal({ keys, aad: here, value: 'budi@pembaca.example' })
    for (const elsewhere of [aadOf('Comment.email', 'row-2'), aadOf('Comment.ip', 'row-1')])
      expect(() => unseal({ keys, aad: elsewhere, sealed })).toThrow(CannotUnseal)
    expect(() => unseal({ keys: others, aad: here, sealed })).toThrow(CannotUnseal)
    expect(() => unseal({ keys: { ...others, id: keys.id }, aad: here, sealed })).toThrow(CannotUnseal)
    const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => unseal({ keys, aad: here, sealed: `${keys.id}.${changed.toString('base64url')}` })).toThrow(CannotUnseal)
    }
    for (const broken of ['', '.', keys.id, `${keys.id}.`, `${keys.id}.x`, 'x', sealed.slice(0, -8)])
      expect(() => unseal({ keys, aad: here, sealed: broken })).toThrow(CannotUnseal)
  })
})

describe('a blind index', () => {
  it('is the same for the same address in any letter case, and tells nothing without the secret', () => {
    expect(emailIndex(keys, 'Budi@Pembaca.example')).toBe(emailIndex(keys, 'budi@pembaca.EXAMPLE'))
    expect(emailIndex(keys, 'budi@pembaca.example')).not.toBe(emailIndex(keys, 'budi2@pembaca.example'))
    expect(emailIndex(keys, 'budi@pembaca.example')).not.toBe(emailIndex(others, 'budi@pembaca.example'))
    expect(emailIndex(keys, 'x')).not.toBe(blindIndex({ keys, kind: 'browser', value: 'x' }))
  })

  it('of a network is that of its /24 or /56', () => {
    expect(networkIndex(keys, '203.0.113.7')).toBe(networkIndex(keys, '::ffff:203.0.113.200'))
    expect(networkIndex(keys, '203.0.113.7')).not.toBe(networkIndex(keys, '203.0.114.7'))
    expect(networkIndex(keys, '2001:db8:77:aa01::1')).toBe(networkIndex(keys, '2001:db8:77:aaff:1::'))
    expect(networkIndex(keys, '2001:db8:77:aa01::1')).not.toBe(networkIndex(keys, '2001:db8:77:ab01::1'))
  })
})

it.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:77:aa01::1', '2001:db8:77:aa00::/56'],
  ['fe80::1%eth0', 'fe80::/56'],
  ['bukan alamat', 'unknown'],
  ['', 'unknown'],
])('the network of %j is %j', (ip, network) => expect(networkOf(ip)).toBe(network))

it.each([
  ['budi@pembaca.example', 'b***@pembaca.example'],
  ['b@pembaca.example', 'b***@pembaca.example'],
  ['🚆kereta@pembaca.example', '🚆***@pembaca.example'],
])('moderators see %j as %j', (email, masked) => expect(maskEmail(email)).toBe(masked))
