/**
 * Letters that are taken for those of the Latin alphabet, by the letter they stand for; in the case to which folding brings them. What is
 * confusable with what comes from Unicode's security mechanisms (UTS #39), with small capitals and what is met in spam besides.
 */
type ByLetter = Record<string, string>

/** Of other alphabets: a disguise only where they stand among Latin letters. */
const FOREIGN: ByLetter = {
  a: 'αλΛаꭺᗅꓮ𐊠',
  b: 'βвьꮟᏼᑲᖯᗷꓐ𐊂𐊡𐌁',
  c: 'сꮯⲥꓚ𐊢𐌂𐐽',
  d: 'ԁꭰꮷᑯᗞᗪꓒꓓ',
  e: 'εΣеєҽꭼⴹꓰ𐊆',
  f: 'ϝքᖴꓝ𐊇𐊥𝈓',
  g: 'ԍցꮐᏻꓖ',
  h: 'ηнһհꮋꮒᕼⲏꓧ𐋏',
  i: 'ιіӏꭵⲓꙇ',
  j: 'ϳјꭻᒍꓙ',
  k: 'κкꮶᛕⲕꓗ',
  l: 'ꮮᒪᛁⳑⵏꓡꓲ𐊊𐌉𐌠𐑃𝈪',
  m: 'μϻмꮇᗰᛖⲙꓟ𐊰𐌑',
  n: 'νипոռⲛꓠ',
  o: 'θοоօჿⲟⵔꓳ𐊒𐊫𐐬',
  p: 'ρрꮲᑭⲣꓑ𐊕',
  q: 'ԛգզⵕ',
  r: 'ягꭱꮢᖇᴦⲅꓣꮁ𝈖',
  s: 'ѕտꮥꮪꓢ𐊖𐑈',
  t: 'τтꭲⲧꓔ𐊗𐊱𐌕',
  u: 'υսᑌꓴ',
  v: 'ѵꮩᐯⴸꓦ𝈍',
  w: 'ωшѡԝաꮃꮤꓪ',
  x: 'χхҳᕁᕽ᙭᙮ᚷⲭⵝꓫ𐊐𐊴𐌗𐌢',
  y: 'γуүყꭹꮍⲩꓬ𐊲',
  z: 'ζꮓꓜ𐋵',
}

/** Small capitals and letters of phonetic alphabets, which no one writes words with. */
const PHONETIC: ByLetter = {
  a: 'ɐɑᴀ',
  b: 'ƅʙꞵ',
  c: 'ᴄ',
  d: 'ᴅ',
  e: 'ᴇꬲ',
  f: 'ẝꜰꞙꬵ',
  g: 'ƍɡɢᶃ',
  h: 'ʜ',
  i: 'ɩɪ',
  j: 'ᴊʝ',
  k: 'ĸᴋ',
  l: 'ǀʟ',
  m: 'ᴍ',
  n: 'ɴ',
  o: 'ɵᴏᴑꬽ',
  p: 'ᴘ',
  q: 'ꞯ',
  r: 'ʀꭇꭈ',
  s: 'ƨꜱ',
  t: 'ᴛ',
  u: 'ᴜꞟꭎꭒ',
  v: 'ᴠ',
  w: 'ɯᴡ',
  x: 'ꭓ',
  y: 'ʏᶌỿꭚ',
  z: 'ᴢ',
}

/** What some language writes with, mostly letters with a stroke: compared as the letter they come from, and no disguise. */
const WRITTEN: ByLetter = {
  b: 'ƀ',
  d: 'đ',
  e: 'ɇɛ',
  f: 'ƒ',
  g: 'ǥ',
  h: 'ħ',
  i: 'ɨ',
  l: 'łƚ',
  o: 'ø',
  r: 'ɍ',
  t: 'ŧ',
  u: 'ʉʋ',
  y: 'ɣ',
  z: 'ƶ',
}

const tableOf = (letters: ByLetter): ReadonlyMap<string, string> =>
  new Map(Object.entries(letters).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)))

export const foreign = tableOf(FOREIGN)
export const phonetic = tableOf(PHONETIC)
export const written = tableOf(WRITTEN)
