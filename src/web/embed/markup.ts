interface Policy {
  createHTML: (html: string) => unknown
}
const factory = (window as { trustedTypes?: { createPolicy: (name: string, rules: Policy) => Policy } }).trustedTypes
let policy: Policy | undefined

/** A comment's markup, which the server's sanitiser made, for `dangerouslySetInnerHTML`; also where the page demands Trusted Types. */
export function markup(html: string): { __html: string } {
  if (!factory) return { __html: html }
  policy ??= factory.createPolicy('balas', { createHTML: (text) => text })
  return { __html: policy.createHTML(html) as string }
}
