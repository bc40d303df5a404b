/** The addresses under which pages of our own are; without a public one, both names of this machine. */
export function originsOf(publicUrl: string, isLocal: boolean): string[] {
  const { origin, port, protocol } = new URL(publicUrl)
  return isLocal ? [...new Set([origin, `${protocol}//localhost:${port}`, `${protocol}//127.0.0.1:${port}`])] : [origin]
}
