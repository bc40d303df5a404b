import type { Client } from '../database/connect.ts'
import { countFailed } from './ledger-store.ts'

/** How many mails of a site, from the one with an id on, nobody will get: they failed for good and were not sent again. */
export const failedMails = (client: Client, about: { siteId: string; from: string }): Promise<number> => countFailed(client, about)
