import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ask } from '../api/ask.ts'
import type { Invitation, Member, Paged, Role } from '../api/types.ts'
import { Sure } from '../comment/sure.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { Invitations } from './invitations.tsx'
import { MemberArticles } from './member-articles.tsx'

const ROLES = ['owner', 'moderator'] as const satisfies Role[]

/** Who looks after a site, and who is invited to. */
export default function MembersPage({ site }: { site: string }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const path = `/api/v1/sites/${site}`
  const found = useQuery({
    queryKey: ['members', site],
    queryFn: async () => ({
      ...(await ask<Paged<'members', Member>>('GET', `${path}/members?limit=100`)),
      ...(await ask<Paged<'invitations', Invitation>>('GET', `${path}/invitations?limit=100`)),
    }),
  })
  const change = useMutation({
    mutationFn: ({ method, part, body }: { method: 'POST' | 'PATCH' | 'DELETE'; part: string; body?: object }) =>
      ask(method, `${path}/${part}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['members', site] }),
  })
  const invite = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    change.mutate({ method: 'POST', part: 'members', body: Object.fromEntries(new FormData(form)) }, { onSuccess: () => form.reset() })
  }
  return (
    <Loaded of={found}>
      {({ members, invitations }) => (
        <>
          {change.error && <Failed error={change.error} />}
          <ul className="lines">
            {members.map(({ id, name, email, role, allSites, twoFactor, you }) => (
              <li key={id} className="row">
                <span style={{ flex: '1 1 14rem' }}>
                  <bdi>{name}</bdi> {you && t('admin.members.you')}
                  <p className="hint">
                    <bdi dir="ltr">{email}</bdi> · {t(twoFactor ? 'admin.members.secured' : 'admin.members.unsecured')}
                    {allSites && ` · ${t('admin.search.allSites')}`}
                  </p>
                </span>
                <RoleChoice
                  label={t('admin.members.roleOf', { name })}
                  value={role}
                  onChange={(next) => change.mutate({ method: 'PATCH', part: `members/${id}`, body: { role: next } })}
                />
                <MemberArticles path={`${path}/members/${id}`} name={name} />
                <Sure
                  ask={t('admin.remove')}
                  explain={t('admin.members.removeSure', { name })}
                  isPending={change.isPending}
                  onSure={() => change.mutate({ method: 'DELETE', part: `members/${id}` })}
                />
              </li>
            ))}
          </ul>
          <Invitations invitations={invitations} act={change.mutate} />
          <form className="panel stack" onSubmit={invite}>
            <h2>{t('admin.members.invite')}</h2>
            <p className="hint">{t('admin.members.inviteText')}</p>
            <div className="row">
              <TextInput name="email" type="email" aria-label={t('form.email')} placeholder={t('form.email')} required />
              <RoleChoice label={t('admin.role')} value="moderator" />
              <Button type="submit" loading={change.isPending}>
                {t('admin.members.send')}
              </Button>
            </div>
          </form>
        </>
      )}
    </Loaded>
  )
}

function RoleChoice({ label, value, onChange }: { label: string; value: Role; onChange?: (role: Role) => void }) {
  const { t } = useSpeech()
  return (
    <select
      className="choice"
      name="role"
      aria-label={label}
      {...(onChange
        ? { value, onChange: ({ target }) => onChange(target.value === 'owner' ? 'owner' : 'moderator') }
        : { defaultValue: value })}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`admin.role.${role}`)}
        </option>
      ))}
    </select>
  )
}
