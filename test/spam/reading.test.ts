import fc from 'fast-check'
import { isDisguised } from '../../src/spam/disguise.ts'
import { read } from '../../src/spam/reading/reading.ts'
import { searched, wordFinder } from '../../src/spam/word-finder.ts'
import type { WordEntry } from '../../src/sites/word-lists.ts'

const finds = (entry: WordEntry, text: string) => wordFinder([entry]).find(searched(text))?.found ?? null

describe('a text as a person reads it', () => {
  it.each([
    ['𝐬𝐥𝐨𝐭', 'slot'],
    ['ｓｌｏｔ', 'slot'],
    ['ⓢⓛⓞⓣ', 'slot'],
    ['🅂🄻🄾🅃', 'slot'],
    ['🅢🅛🅞🅣', 'slot'],
    ['🆂🅻🅾🆃', 'slot'],
    ['ˢˡᵒᵗ', 'slot'],
    ['ѕlоt', 'slot'],
    ['ꜱʟᴏᴛ', 'slot'],
    ['s\u0353\u033dl\u0353\u033do\u0353\u033dt\u0353\u033d', 'slot'],
    ['s\u200bl\u2060o\u00adt', 'slot'],
    ['s l o t', 'slot'],
    ['s.l.o.t', 'slot'],
    ['s\nl\no\nt', 'slot'],
    ['słot', 'slot'],
    ['slót', 'slót'],
    ['1️⃣2️⃣3️⃣', '123'],
  ])('%j reads %j', (text, reading) => expect(read(text).text).toBe(reading))

  it.each(['кот и слон', 'οδός', 'สวัสดี', 'नमस्ते', 'שָׁלוֹם', 'مَرْحَبًا', 'người Việt', 'préféré', 'naïve señor', '日本語 ＯＫ です'])(
    '%j wears no disguise',
    (text) => expect(read(text).disguised).toBe(0),
  )

  it('reads flags as flags, and words in their letters as words', () => {
    expect(read('bagus 🇮🇩🇮🇩').disguised).toBe(0)
    expect(read('🇸🇱🇴🇹').text).toBe('slot')
  })

  it('never throws, and reads the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(read(text)).toEqual(read(text))
      }),
    )
  })

  it('keeps what it reads as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{2,9}$/), { minLength: 1 }), (words) => {
        expect(read(words.join(' ')).text).toBe(words.join(' '))
      }),
    )
  })
})

describe('a listed word', () => {
  it.each(['asu!', '4su', 'A5U', 'a s u', 'a.s.u', '@su', 'asunya', 'Asulah', '“asu”', '𝖆𝖘𝖚'])('asu is found in %j', (text) =>
    expect(finds('asu', `dasar ${text}`)).not.toBeNull(),
  )
  it.each(['Kasus', 'asuransi', 'asumsi', 'kasur', 'pasukan', 'as us'])('asu is not found in %j', (text) =>
    expect(finds('asu', text)).toBeNull(),
  )
  it.each(['pantai', 'santai', 'rantai itu', 'tain'])('tai is not found in %j', (text) => expect(finds('tai', text)).toBeNull())

  it('is compared with its accents', () => {
    expect(finds('ano', 'año nuevo')).toBeNull()
    expect(finds('año', 'año nuevo')).toBe('año')
  })

  it('of several words is found across spaces', () => expect(finds('judi online', 'main JUDI \n 0nline')).toBe('JUDI 0nline'))

  it('in a script without spaces is found anywhere', () => expect(finds('博彩', '来博彩吧')).toBe('来博彩吧'))

  it('is found squeezed whatever stands between its letters', () => {
    expect(finds({ text: 'alexis17', match: 'squeezed' }, 'main di a-l e*x i s 1_7 yuk')).not.toBeNull()
    expect(finds({ text: 'alexis17', match: 'squeezed' }, 'alexis 71')).toBeNull()
  })

  it('is found inside other words where it may be, also with digits for letters, and says in which', () => {
    const asu = { text: 'asu', match: 'anywhere' } as const
    expect(finds(asu, 'sebuah Kasus besar')).toBe('kasus')
    expect(finds(asu, 'd4sar k4sus')).toBe('k4sus')
    expect(finds(asu, 'pasar')).toBeNull()
  })

  it('of an address counts its signs', () => {
    expect(finds('slot.example', 'https://www.slot.example/x')).not.toBeNull()
    expect(finds('slot.example', 'myslot.example')).toBeNull()
    expect(finds('siti@', 'Siti')).toBeNull()
  })
})

describe('disguise', () => {
  it.each(['main di 𝗔𝗟𝗘𝗫𝗜𝗦17 pasti jp', 'ayo A L E X I S menang', 'pulauwin р͟ulаuwin di sini', 'cek ʟɪɴᴋ ini ya'])('%j wears one', (text) =>
    expect(isDisguised(text)).toBe(true),
  )
  it.each(['𝘀𝗲𝗺𝘂𝗮 𝗱𝗶𝘁𝘂𝗹𝗶𝘀 𝘁𝗲𝗯𝗮𝗹', 'Harga 5 m² di PT. A. B. Jaya', 'Salam dari 🇮🇩🇲🇾', 'Ke-2 kali, k4mu hebat', 'd.l.l.'])(
    '%j does not',
    (text) => expect(isDisguised(text)).toBe(false),
  )
})
