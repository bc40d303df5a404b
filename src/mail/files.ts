import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { createComposer } from './composer.ts'
import type { Mailer } from './mailer.ts'

/**
 * Writes each mail as an `.eml` file, which any mail program opens, for installations without a mail server.
 *
 * The names sort by time and tell Message-IDs apart (`20251218-070500-000-1f3a….eml`). Only the server's user can read them
 * (mode 0600), and a file is there whole or not at all.
 */
export function fileMailer({ dir, from, clock }: { dir: string; from: string; clock: Clock }): Mailer {
  const composer = createComposer({ from, clock })
  return {
    send: async (mail) => {
      const message = await composer.compose(mail)
      const name = `${fileStamp(clock())}-${createHash('sha256').update(mail.messageId).digest('hex').slice(0, 16)}.eml`
      await mkdir(dir, { recursive: true, mode: 0o700 })
      await writeWhole({ dir, name, content: message })
      return { response: `written to ${name}` }
    },
    verify: async () => {
      await mkdir(dir, { recursive: true, mode: 0o700 })
    },
    close: async () => composer.close(),
  }
}

/** `2025-12-18T07:05:00.000Z` as `20251218-070500-000`. */
const fileStamp = (at: Date) => at.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-')

async function writeWhole({ dir, name, content }: { dir: string; name: string; content: Buffer }) {
  const unfinished = join(dir, `.${name}.part`)
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(dir, name))
}
