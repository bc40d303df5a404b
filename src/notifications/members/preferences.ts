import { z } from 'zod'
import { isTimeZone } from '../../locales/dates.ts'
import { isLocale } from '../../locales/index.ts'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 22:00')
const Address = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^(https?:\/\/[^/\s]|\/)/i, 'must begin with https://, or with / for a path')

const personal = {
  locale: z
    .string()
    .refine(isLocale, 'is not a language that Balas speaks')
    .nullable()
    .meta({ description: "The language of one's mails; null for each site's own" }),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Jakarta')
    .nullable()
    .meta({ description: "For quiet hours and the dates in one's mails; null for each site's own" }),
  quietHours: z
    .object({ from: TimeOfDay, to: TimeOfDay })
    .refine(({ from, to }) => from !== to, 'must end at another time than they begin')
    .nullable()
    .meta({ description: 'Mails about waiting comments that are due in them come when they end, as one digest; may go over midnight' }),
}

/** How somebody wants to be told, whatever the site. */
export const PersonalChoices = z.object(personal)
export type PersonalChoices = z.output<typeof PersonalChoices>
export const PersonalChange = z.strictObject(personal).partial()

const member = {
  heldComments: z
    .enum(['immediate', 'digest', 'off'])
    .meta({ description: 'Of comments and edits that wait: a mail for each, one for all of some minutes, or none' }),
  digestMinutes: z.int().min(5).max(1440).meta({ description: 'Minutes from the first comment of a digest to the digest' }),
  articles: z.array(Address).max(100).meta({
    description: 'Assigned articles, by how their addresses begin (https://news.example/sport/, or /sport/ on any host); empty for all',
  }),
}
const owner = {
  weeklySummary: z.boolean().meta({ description: 'A mail on Mondays about the week before' }),
  deliveryFailing: z.boolean().meta({ description: 'At most one mail a day when mails could not be delivered' }),
}

/** What a member wants to be told of a site. */
export const MemberChoices = z.object({ ...member, ...owner })
export type MemberChoices = z.output<typeof MemberChoices>
export const MemberChange = z.strictObject({ ...member, ...owner }).partial()
export type MemberChange = z.output<typeof MemberChange>

/** What only owners are told of. */
export const OWNERS_ONLY = Object.keys(owner) as (keyof typeof owner)[]

export const UNCHOSEN: { personal: PersonalChoices; member: MemberChoices } = {
  personal: { locale: null, timeZone: null, quietHours: null },
  member: { heldComments: 'immediate', digestMinutes: 60, articles: [], weeklySummary: true, deliveryFailing: true },
}
