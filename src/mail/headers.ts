/** Made by a program, so that no absence notice answers (RFC 3834, section 5). Of every mail of ours. */
export const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' } as const

/**
 * Of a mail that comes again and again: a list for each site, to filter by (RFC 2919), that one click leaves (RFC 8058).
 * @param stopHref what the click asks for
 */
export const listHeaders = ({
  siteKey,
  list,
  mailDomain,
  stopHref,
}: {
  siteKey: string
  list: 'comments' | 'replies'
  /** The domain of our sender's address, as in the Message-IDs. */
  mailDomain: string
  stopHref: string
}) => ({
  ...AUTOMATIC,
  'List-Id': `<${siteKey.replace(/[^\w-]+/g, '-')}.${list}.${mailDomain}>`,
  'List-Unsubscribe': `<${stopHref}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
