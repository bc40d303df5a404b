import { z } from 'zod'
import { Text } from '../http/validate.ts'
import { parseUrl } from '../parse-url.ts'
import { hookEvents } from './events.ts'
import { hookEventNames, hookFormatNames } from './names.ts'

const LONGEST_URL = 2000

const Name = Text.trim().min(1, 'is required').max(100)
const Url = Text.trim()
  .max(LONGEST_URL)
  .refine((value) => /^https?:\/\//i.test(value) && parseUrl(value) !== null, 'must be an http or https address')
  .meta({
    description:
      'Where calls go; for Telegram `https://api.telegram.org/bot<token>/sendMessage`. Kept sealed, and shown without what comes after the host',
  })
const Chat = Text.trim().min(1).max(100).meta({ description: "Telegram: the chat's id or @name" })
const Events = z
  .array(z.enum(hookEventNames))
  .min(1, 'must name at least one')
  .max(hookEventNames.length)
  .transform((events) => hookEventNames.filter((event) => events.includes(event)))
  .meta({ description: hookEventNames.map((event) => `\`${event}\`: ${hookEvents[event]}`).join('; ') })
const Format = z.enum(hookFormatNames).meta({ description: 'JSON for programs, a message for Slack or Mattermost, or for a Telegram bot' })

export const NewHook = z
  .object({
    name: Name,
    format: Format.default('generic'),
    url: Url,
    chat: Chat.optional(),
    events: Events.default(['comment.held', 'comment.approved']),
  })
  .refine(({ format, chat }) => (format === 'telegram') === (chat !== undefined), {
    path: ['chat'],
    message: 'is required for Telegram, and for nothing else',
  })
export type NewHook = z.output<typeof NewHook>

export const HookChange = z.strictObject({ name: Name, url: Url, chat: Chat, events: Events, active: z.boolean() }).partial()
export type HookChange = z.output<typeof HookChange>

/** A webhook as owners see it; never its secret, nor the part of its address that is one. */
export const Hook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    format: Format,
    address: z.string().meta({ description: 'Scheme and host alone' }),
    chat: z.string().nullable(),
    events: z.array(z.enum(hookEventNames)),
    active: z.boolean(),
    pausedBecause: z.string().nullable().meta({ description: 'Why it was switched off by itself' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

/** One event for one webhook, and what became of it. */
export const HookCall = z
  .object({
    id: z.uuid().meta({ description: 'Sent as `webhook-id`: the same at every try' }),
    event: z.enum([...hookEventNames, 'test']),
    commentId: z.string().nullable(),
    state: z.enum(['queued', 'sending', 'sent', 'failed']),
    attempts: z.int(),
    outcome: z.string().nullable().meta({ description: "The receiver's last answer, or why there was none" }),
    nextAt: z.iso.datetime().nullable().meta({ description: 'When it is tried next' }),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookCall' })
