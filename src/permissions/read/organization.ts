import type { ContextValues } from '../evaluate/question.js'

/** The organization of the role's account, as whoever checks knows it; this library does not ask AWS Organizations. */
export interface Organization {
  /** For instance `o-a1b2c3d4e5`. */
  readonly id: string
  /** Where the account stands in it, for instance `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. Default: not known. */
  readonly path?: string
}

/** What is known of condition keys, and which are certainly absent. */
export interface OrganizationFacts {
  readonly context: ContextValues
  readonly absent: readonly string[]
}

/**
 * Gives what an organization says of condition keys such as `aws:PrincipalOrgID`; of the key's side only when role and
 * key are of one account. Pure.
 */
export function organizationFacts(
  organization: Organization | 'none' | undefined,
  sameAccount: boolean,
): OrganizationFacts {
  if (organization === undefined) return { context: {}, absent: [] }
  const sides = sameAccount ? ['Principal', 'Resource'] : ['Principal']
  if (organization === 'none')
    return { context: {}, absent: sides.flatMap((side) => [`aws:${side}OrgID`, `aws:${side}OrgPaths`]) }
  const { id, path } = organization
  const facts = sides.flatMap((side) => [
    [`aws:${side}OrgID`, id] as const,
    ...(path === undefined ? [] : [[`aws:${side}OrgPaths`, [path]] as const]),
  ])
  return { context: Object.fromEntries(facts), absent: [] }
}
