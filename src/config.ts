import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** An IP address, or a network in CIDR form. */
const isNetwork = (text: string) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text)

/** The environment is wrong; the message names the variable. */
export class ConfigError extends Error {}

const url = (protocols: RegExp) => z.url({ protocol: protocols }).transform((value) => value.replace(/\/+$/, ''))

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url(/^https?$/).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must start with file: (SQLite) or postgresql://')
    .optional(),
  SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).default('Balas <balas@localhost>'),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_PRIVATE_KEY: z.string().optional(),
  IMAP_URL: z
    .url({ protocol: /^imaps?$/, error: 'must be imap://user:password@host or imaps://...' })
    .refine((value) => new URL(value).username !== '', 'must name a user, as in imaps://user:password@host')
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(
      (value) => !/^(true|yes|all)$/i.test(value),
      'must be a number of proxies or a list of their addresses; trusting everybody lets anybody forge an address',
    )
    .optional(),
  IMPORT_LIMIT_MIB: z.coerce.number().int().min(1).max(65_536).optional(),
  WEBHOOK_ALLOW: z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), 'must be a list of addresses or networks such as 10.0.0.0/8')
    .default([]),
  UPDATE_WITHOUT_COPY: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Config = ReturnType<typeof parseConfig>

/**
 * Reads the configuration from environment variables, the only place that does. An empty variable counts as absent.
 * @throws ConfigError naming the variable and what is wrong with it
 */
export function parseConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message ?? 'is not valid'}`)
  }
  const values = parsed.data
  const dataDir = resolve(values.DATA_DIR)
  const databaseUrl = absoluteDatabaseUrl(values.DATABASE_URL ?? `file:${dataDir}/balas.db`)
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    dataDir,
    databaseUrl,
    secret: values.SECRET,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    /** As they were given; `readSigning` reads them. */
    dkim: { domain: values.DKIM_DOMAIN, selector: values.DKIM_SELECTOR, privateKey: values.DKIM_PRIVATE_KEY },
    imapUrl: values.IMAP_URL,
    /** How large a file may be that is brought in, in bytes: on disk there is room for more than in PostgreSQL. */
    importLimit: (values.IMPORT_LIMIT_MIB ?? (databaseUrl.startsWith('file:') ? 4096 : 1024)) * 1024 ** 2,
    webhookAllow: values.WEBHOOK_ALLOW,
    trustProxy: parseTrustProxy(values.TRUST_PROXY),
    /** Whether a SQLite file is migrated without a copy beside it, for want of room. */
    updateWithoutCopy: values.UPDATE_WITHOUT_COPY === 'yes',
    logLevel: values.LOG_LEVEL,
  }
}

/** A SQLite file's path is taken from where the program was started, whichever module opens it later. */
const absoluteDatabaseUrl = (databaseUrl: string) =>
  databaseUrl.startsWith('file:') ? `file:${resolve(databaseUrl.slice('file:'.length))}` : databaseUrl

/** Express's `trust proxy`: how many proxies stand in front, or which addresses they have; none by default. */
function parseTrustProxy(value: string | undefined): number | string[] | false {
  if (value === undefined) return false
  if (/^\d+$/.test(value)) return Number(value) || false
  return value.split(',').map((part) => part.trim())
}
