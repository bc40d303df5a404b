/**
 * Whether an article is among those that a member is assigned: whose address begins so, http or https, with or without www; what
 * begins with a slash is a path on any host. With none assigned it is every article.
 */
export function covers({ articles, url }: { articles: string[]; url: string }): boolean {
  if (articles.length === 0) return true
  const address = withoutScheme(url)
  const path = address.slice(address.search(/[/?]|$/))
  return articles.some((beginning) => (beginning.startsWith('/') ? path : address).startsWith(withoutScheme(beginning)))
}

/** The host in small letters, without `www.`, and the rest as it is. */
function withoutScheme(url: string): string {
  const [, host = '', rest = url] = /^https?:\/\/(?:www\.)?([^/?#]*)(.*)$/is.exec(url) ?? []
  return host.toLowerCase() + rest
}

interface Member {
  role: string
  choices: { heldComments: string; articles: string[] }
}

/** Who hears of comments on which articles of a site: those who are assigned them, and owners also of what is assigned to nobody. */
export function createCoverage(members: Member[]) {
  const listening = members.filter(({ choices }) => choices.heldComments !== 'off')
  return {
    hears: ({ role, choices }: Member, url: string): boolean =>
      covers({ articles: choices.articles, url }) ||
      (role === 'owner' && !listening.some((other) => covers({ articles: other.choices.articles, url }))),
  }
}

/** Whether everything is this member's to hear of, so that no address needs to be looked at. */
export const hearsAll = ({ choices }: Pick<Member, 'choices'>) => choices.articles.length === 0
