import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { ask, Refusal, session } from '../api/ask.ts'
import type { Me, Role } from '../api/types.ts'
import { Loaded } from '../parts/states.tsx'
import { SignIn } from './sign-in.tsx'

const MeContext = createContext<Me | null>(null)

/** Who is signed in, and what they are on which sites. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('outside of SignedIn')
  return me
}

/** The caller's role on a site. */
export function useRole(site: string): Role | undefined {
  return useMe().roles.find((each) => each.site.key === site)?.role
}

/** Shows its children to who is signed in, and everybody else the way in; the address stays, so they come back to where they were. */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  useEffect(() => {
    const forget = () => client.setQueryData(['me'], null)
    session.addEventListener('signed-out', forget)
    return () => session.removeEventListener('signed-out', forget)
  }, [client])
  const me = useQuery(meAsked)
  return <Loaded of={me}>{(known) => (known ? <MeContext value={known}>{children}</MeContext> : <SignIn />)}</Loaded>
}

/** How the page asks who is signed in. */
export const meAsked = queryOptions({ queryKey: ['me'], queryFn: whoAmI, staleTime: 60_000 })

async function whoAmI(): Promise<Me | null> {
  try {
    return await ask<Me>('GET', '/api/v1/me')
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null
    throw error
  }
}
