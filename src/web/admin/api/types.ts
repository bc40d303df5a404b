import type { z } from 'zod'
import type { Invitation as InvitationShape } from '../../../accounts/invitation-routes.ts'
import type { Key as KeyShape } from '../../../accounts/key-routes.ts'
import type { Me as MeShape } from '../../../accounts/me.ts'
import type { Session as SessionShape } from '../../../accounts/me-routes.ts'
import type { Passkey as PasskeyShape, PasskeyList as PasskeyListShape } from '../../../accounts/passkeys/routes.ts'
import type { Member as MemberShape } from '../../../accounts/member-routes.ts'
import type { CommentPage as CommentPageShape } from '../../../moderation/comment-details.ts'
import type { Counts as CountsShape } from '../../../moderation/counts.ts'
import type { Ban as BanShape } from '../../../moderation/bans.ts'
import type { LeadAnswer as LeadAnswerShape, Repair as RepairShape, SplitAnswer } from '../../../repair/routes.ts'
import type { LedgerMail as LedgerMailShape } from '../../../notifications/ledger.ts'
import type { MailPreview as MailPreviewShape } from '../../../notifications/preview-routes.ts'
import type { Notifications as NotificationsShape } from '../../../notifications/members/preference-routes.ts'
import type { SiteAnswer } from '../../../sites/routes.ts'
import type { Hook, HookCall } from '../../../webhooks/hook.ts'

export type { Decision, Status } from '../../../comments/comment.ts'
export type { Role } from '../../../access/policy.ts'
export type { ModeratedComment } from '../../../moderation/present.ts'
export type { Settings } from '../../../sites/settings.ts'

export type Me = z.output<typeof MeShape>
export type Notifications = z.output<typeof NotificationsShape>
export type Session = z.output<typeof SessionShape>
export type Passkey = z.output<typeof PasskeyShape>
export type PasskeyList = z.output<typeof PasskeyListShape>
export type Key = z.output<typeof KeyShape>
export type Member = z.output<typeof MemberShape>
export type Invitation = z.output<typeof InvitationShape>
export type CommentPage = z.output<typeof CommentPageShape>
export type Counts = z.output<typeof CountsShape>
export type LedgerMail = z.output<typeof LedgerMailShape>
export type MailPreview = z.output<typeof MailPreviewShape>
export type Ban = z.output<typeof BanShape>
export type Site = z.output<typeof SiteAnswer>['site']
export type Split = z.output<typeof SplitAnswer>
export type LeadAnswer = z.output<typeof LeadAnswerShape>
export type Repair = z.output<typeof RepairShape>
export type Webhook = z.output<typeof Hook>
export type WebhookCall = z.output<typeof HookCall>
/** A page of a list; the name of its items differs. */
export type Paged<Name extends string, Item> = Record<Name, Item[]> & { nextCursor: string | null }
