const HUES = 24

/**
 * The address of an author's picture: initials on a colour. It derives from site and name alone; a picture computed from a typed
 * e-mail address would let anybody test whose address it is.
 */
export function avatarPath({ name, siteId }: { name: string; siteId: string }): string {
  const hue = fnv1a(`${siteId}\0${name.toLowerCase()}`) % HUES
  return `/avatars/${hue}/${encodeURIComponent(initialsOf(name))}.svg`
}

/** FNV-1a of 32 bits over UTF-16 units: nothing is secret here, and a page of fifty needs fifty. */
function fnv1a(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return sum >>> 0
}

/** The picture at such an address. `initials` comes from a URL: at most two letters of it are drawn. */
export function avatarSvg({ hue, initials }: { hue: number; initials: string }): string {
  const letters = initialsOf([...initials].slice(0, 2).join(' '))
  const degrees = Math.round(((hue % HUES) * 360) / HUES)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40" role="img" aria-hidden="true">` +
    `<rect width="40" height="40" rx="20" fill="hsl(${degrees} 45% 38%)"/>` +
    `<text x="20" y="20" dy="0.36em" text-anchor="middle" font-family="system-ui,sans-serif" font-size="16" fill="#fff">${letters}</text></svg>`
  )
}

/** The first letters of the first and the last word that begin with a letter or a digit; `?` for a name without any. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? [])
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked.join('').toUpperCase() || '?'
}
