const KEPT_AS = 'balas.reloaded'
const ONCE_A_MS = 60_000

/** A page that was open while the server was renewed asks for parts that are no longer there: it is loaded anew, but not again and again. */
export function reloadAfterRelease(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(KEPT_AS)) < ONCE_A_MS) return
    event.preventDefault()
    sessionStorage.setItem(KEPT_AS, String(Date.now()))
    location.reload()
  })
}
