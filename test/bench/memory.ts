import { readFile } from 'node:fs/promises'

const EVERY_MS = 200

/** Watches a process's own memory (RssAnon: without the database's file that is mapped into it) until it is stopped; gives the most, in bytes. */
export function watchMemory(pid: number): { stop: () => number } {
  let most = 0
  const timer = setInterval(() => void ownMemory(pid).then((now) => (most = Math.max(most, now))), EVERY_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

/** In bytes; 0 when the process has ended. */
export async function ownMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}

export const mb = (bytes: number) => Math.round(bytes / 1e6)
