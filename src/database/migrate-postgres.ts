import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { poolConfig } from './postgres.ts'

const LOCK_ID = 7_203_114 // any number that nobody else uses for pg_advisory_lock in this database

/** Connections to PostgreSQL for migrations; each that was opened is put into `opened`. */
export function postgresFactory(url: string, opened: SqlDriverAdapter[]): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({ ...poolConfig(url), max: 1, statement_timeout: 0 })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const connection = await factory.connect()
      opened.push(connection)
      return connection
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}

/** Held by the one replica that migrates; the others wait and then find nothing pending. Returns a function that ends it. */
export async function advisoryLock(url: string, patienceMs: number): Promise<() => Promise<void>> {
  const client = new pg.Client({ ...poolConfig(url), statement_timeout: patienceMs })
  await client.connect()
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_ID])
  return () => client.end()
}
