import { describe, expect, it } from '@jest/globals'
import { oneLine, quote, readableUrl, shorten } from '../../src/mail/text.ts'

describe('text in mails', () => {
  it('is one line where one line is wanted', () => {
    expect(oneLine(' Banjir\r\nBcc: x\u2028y\u0085z\u202egnp.exe\tq\ud800 ')).toBe('Banjir Bcc: x y z gnp.exe q\ufffd')
  })

  it('is shortened at whole characters, and says so', () => {
    expect(shorten('Banjir', 6)).toBe('Banjir')
    expect(shorten('Banjir di Jakarta', 8)).toBe('Banjir…')
    expect(shorten('👨‍👩‍👧👨‍👩‍👧', 7)).toBe('👨‍👩‍👧…')
    expect(shorten('Banjir', 0)).toBe('…')
  })

  it('is quoted line by line, whatever ends a line', () => {
    expect(quote('a\r\nb\rc\n\nd\u2028e\u0085f\vg')).toBe('> a\n> b\n> c\n>\n> d\n> e\n> f\n> g')
  })

  it('shows addresses without what everybody knows', () => {
    expect(readableUrl('https://www.warta.example/banjir/')).toBe('www.warta.example/banjir')
    expect(readableUrl('http://warta.example/?p=1')).toBe('warta.example/?p=1')
  })
})
