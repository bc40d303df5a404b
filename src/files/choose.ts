import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import { createDatabaseFiles } from './database-files.ts'
import { createDiskFiles } from './disk-files.ts'
import type { KeptFiles } from './kept-files.ts'

/** On SQLite there is one machine, whose disk is the better place; replicas on PostgreSQL share nothing else. */
export const chooseFiles = ({ db, keys, clock, dataDir }: { db: Database; keys: Keys; clock: Clock; dataDir: string }): KeptFiles =>
  db.provider === 'sqlite' ? createDiskFiles({ dataDir, clock }) : createDatabaseFiles({ db, keys, clock })
