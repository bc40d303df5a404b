const TONES = 6

/** A picture when the answer names one, else the initials on a tone of the name: no request, no style attribute. */
export function Avatar({ name, src }: { name: string; src: string | null }) {
  if (src) return <img class="avatar" src={src} alt="" width={40} height={40} loading="lazy" />
  return (
    <svg class="avatar" viewBox="0 0 40 40" aria-hidden="true">
      <circle class={`tone${toneOf(name)}`} cx="20" cy="20" r="20" />
      <text x="20" y="25" text-anchor="middle">
        {initials(name)}
      </text>
    </svg>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends.map(firstLetter).join('').toLocaleUpperCase('en')
}

/** The first letter or digit, with the accents that belong to it. */
const firstLetter = (word = '') => /[\p{L}\p{N}]\p{M}{0,4}/u.exec(word)?.[0] ?? ''

/** A sum, not a hash: it need only be the same every time. */
const toneOf = (name: string) => [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TONES
